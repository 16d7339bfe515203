import { toChecksum } from "../../core/primitives/address.ts"
import { obstaclesOf, payabilityJson, payabilityText } from "../../core/claim/payability.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readPayability, type PayabilityRequest } from "./read-payability.ts"
import type { ChainStage } from "./chain-stage.ts"

/** The stage of verify that shows that every unpaid account can be paid on the chain's present state. */
export async function payableStage(loaded: LoadedProgram, request: PayabilityRequest): Promise<ChainStage> {
  const payability = await readPayability(loaded, request)
  const { shortfall, unpaid } = payability
  // Until the first payment, a missing token is a step to come.
  const isPending = shortfall !== undefined && unpaid.automatic === request.leaves.list.count
  const judged = isPending ? { ...payability, shortfall: undefined } : payability
  const early = isPending ? ["not funded yet: payments above what it holds are not simulated"] : []
  const findings = obstaclesOf(judged, loaded.program.token).map(({ account, problem }) => ({
    file: toChecksum(account ?? request.address),
    problem,
  }))
  return {
    name: "payable",
    summary: payabilityText(payability),
    notes: [...payability.notes, ...early],
    findings,
    payability: payabilityJson(payability),
  }
}
