import { expect } from "chai"
import { join } from "node:path"
import { proofsFolder } from "../../../scripts/io/project/folders.ts"
import { PROJECT_ROOT, runNode, runTool } from "../../../scripts/io/project/processes.ts"

describe("the project's folders", () => {
  it("hold the proofs of their programs in proofs/, and other folders hold their own", () => {
    expect(proofsFolder(join(PROJECT_ROOT, "programs", "x"))).to.equal(join(PROJECT_ROOT, "proofs", "x"))
    expect(proofsFolder("/elsewhere/x")).to.equal("/elsewhere/x/proofs")
  })
})

describe("running Node and the tools of packages", () => {
  it("returns the status and both streams, and hands over each line", async () => {
    const lines: string[] = []
    const script = "console.log('out'); console.error('err'); process.exitCode = 3"
    const { status, text } = await runNode(["-e", script], { onLine: (line) => lines.push(line) })
    expect(status).to.equal(3)
    expect(text.trimEnd().split("\n")).to.have.members(["out", "err"])
    expect(lines).to.have.members(["out", "err"])
  })

  it("finds a package's command without a shell, and says which package is missing", async () => {
    expect((await runTool("typescript:tsc", ["--version"])).text).to.match(/^Version \d/)
    const error = await runTool("no-such-package", []).catch((thrown: unknown) => thrown)
    expect(String(error)).to.contain("no-such-package is not installed")
  })
})
