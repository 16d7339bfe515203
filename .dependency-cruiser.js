/**
 * Which part of the project may import which. `./airdrop check` enforces it over scripts/, web/, bench/, deploy/ and
 * test/, type imports included. docs/developers.md draws the same picture, and a test compares the two.
 *
 * A floor imports itself and the floors below it. A room imports itself and the rooms to its left.
 */

/** The floors of scripts/, from the lowest. */
export const FLOORS = ["core", "io", "stages", "dev", "commands", "cli"]

/** The rooms of the floors that have rooms, in order. */
export const ROOMS = {
  // prettier-ignore
  core: [
    "primitives", "ethereum", "files", "session", "readers", "snapshot", "statements", "program", "sources", "evidence", "allocation",
    "merkle", "contract", "publication", "claim", "reserve", "safe", "multisig", "status", "report",
  ],
  io: ["disk", "terminal", "project", "rpc", "transactions", "simulator", "safe"],
  // prettier-ignore
  stages: [
    "statements", "program", "snapshot", "allocation", "publication", "deployment", "claim", "reserve", "verification",
    "recording", "multisig", "distribution", "status", "page",
  ],
  dev: ["embedded", "rigs", "demo", "testing", "release"],
}

/** The folders beside scripts/, and what each imports of the project besides itself. */
export const BESIDE = {
  web: ["scripts/core"],
  deploy: ["scripts/core"],
  bench: ["scripts/core", "scripts/io", "scripts/stages", "scripts/dev"],
}

const anyOf = (names) => `(${names.join("|")})`
/** A floor's folder, or its file: cli/ and cli.ts. */
const floors = (names) => `^scripts/${anyOf(names)}(/|\\.ts$)`

const floorRules = FLOORS.slice(0, -1).map((floor, height) => ({
  name: `${floor}-imports-the-floors-below`,
  from: { path: floors([floor]) },
  to: { path: floors(FLOORS.slice(height + 1)) },
}))

const roomRules = Object.entries(ROOMS).flatMap(([floor, rooms]) =>
  rooms.slice(0, -1).map((room, index) => ({
    name: `${floor}-${room}-imports-the-rooms-to-its-left`,
    from: { path: `^scripts/${floor}/${room}/` },
    to: { path: `^scripts/${floor}/${anyOf(rooms.slice(index + 1))}/` },
  })),
)

/** A file that lies in no room, or in one that is not listed above, would be free of every rule. */
const unlistedRules = Object.entries(ROOMS).map(([floor, rooms]) => ({
  name: `every-file-of-${floor}-lies-in-a-listed-room`,
  from: { path: `^scripts/${floor}/(?!${anyOf(rooms)}/)` },
  to: {},
}))

const besideRules = Object.entries(BESIDE).map(([folder, allowed]) => ({
  name: `${folder}-imports-what-is-listed`,
  from: { path: `^${folder}/` },
  to: { path: "^(scripts|web|bench|deploy|test)/", pathNot: `^${anyOf([folder, ...allowed])}/` },
}))

export default {
  forbidden: [
    { name: "no-circles", from: {}, to: { circular: true } },
    ...floorRules,
    ...roomRules,
    ...unlistedRules,
    ...besideRules,
    { name: "nothing-imports-the-page", from: { path: "^(scripts|bench|deploy)/" }, to: { path: "^web/" } },
    {
      name: "only-commands-import-benches",
      from: { path: "^scripts/(?!commands/)" },
      to: { path: "^bench/" },
    },
    { name: "nothing-imports-tests", from: { pathNot: "^test/" }, to: { path: "^test/" } },
  ].map((rule) => ({ severity: "error", ...rule })),
  options: {
    doNotFollow: { path: ["node_modules", "^types/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js"] },
  },
}
