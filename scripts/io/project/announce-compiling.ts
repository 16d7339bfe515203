import type { HardhatPlugin } from "hardhat/types/plugins"
import { printError } from "../terminal/output.ts"

/**
 * A Hardhat plugin that says that the compiler runs, and for about how long. Hardhat prints nothing before it is
 * done.
 */
export const announceCompiling: HardhatPlugin = {
  id: "airdrop-announce-compiling",
  hookHandlers: {
    solidity: async () =>
      await Promise.resolve({
        default: async () =>
          await Promise.resolve({
            invokeSolc: async (context, compiler, input, config, next) => {
              const files = Object.keys(input.sources).length
              const seconds = input.settings.viaIR === true ? "about 15 s" : "about 10 s"
              printError(`airdrop: compiling ${files} Solidity files, ${seconds} on a quick machine`)
              return await next(context, compiler, input, config)
            },
          }),
      }),
  },
}
