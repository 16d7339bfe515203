/**
 * Which room of the house may import which. A room imports itself and the rooms before it in its list; a floor imports
 * the floors below. `./airdrop check` enforces it over scripts/, web/, bench/ and deploy/, types included.
 * docs/developers.md draws the picture from this file.
 */

/** The rooms of each floor of scripts/, in order: a room may import the rooms to its left. */
export const ROOMS = {
  core: [
    ...[
      "primitives",
      "ethereum",
      "session",
      "program",
      "sources",
      "evidence",
      "allocation",
      "merkle",
      "contract",
    ],
    ...["publication", "claim", "reserve", "safe", "multisig", "status", "report"],
  ],
  io: ["disk", "terminal", "project", "rpc", "transactions", "simulator", "safe"],
  stages: [
    ...["program", "snapshot", "allocation", "publication", "deployment", "claim", "reserve", "verification"],
    ...["multisig", "distribution", "status", "page"],
  ],
  dev: ["embedded", "demo", "release"],
}

/** The floors, from the lowest: a floor may import the floors before it. */
export const FLOORS = ["core", "io", "stages", "dev", "commands", "cli"]

const folder = (...names) => `^scripts/(${names.join("|")})(/|\\.ts$)`

const floorRules = FLOORS.flatMap((floor, height) => {
  const above = FLOORS.slice(height + 1)
  return above.length === 0
    ? []
    : [{ name: `${floor}-imports-downwards`, from: { path: folder(floor) }, to: { path: folder(...above) } }]
})

const roomRules = Object.entries(ROOMS).flatMap(([floor, rooms]) =>
  rooms.slice(0, -1).map((room, place) => ({
    name: `${floor}/${room}-imports-to-its-left`,
    from: { path: `^scripts/${floor}/${room}/` },
    to: { path: `^scripts/${floor}/(${rooms.slice(place + 1).join("|")})/` },
  })),
)

export default {
  forbidden: [
    { name: "no-circles", from: {}, to: { circular: true } },
    ...floorRules,
    ...roomRules,
    {
      name: "the-page-imports-the-core",
      from: { path: "^web/" },
      to: { path: "^(scripts/(?!core/)|bench|test)" },
    },
    { name: "nothing-imports-tests", from: { pathNot: "^(test|bench)/" }, to: { path: "^test/" } },
    {
      name: "every-file-has-a-room",
      from: { path: "^scripts/(core|io|stages|dev)/[^/]+\\.ts$" },
      to: { path: "." },
    },
  ].map((rule) => ({ severity: "error", ...rule })),
  options: {
    doNotFollow: { path: ["node_modules", "^types/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js"] },
  },
}
