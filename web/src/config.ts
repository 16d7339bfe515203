import type { PageConfig } from "../../scripts/core/publication/page-config.ts"
import { isObject } from "./chain/rpc.ts"

/** Reads the settings that scripts/stages/page/build-page.ts writes into index.html. Both are built together. */
export function readConfig(): PageConfig {
  const text = document.querySelector<HTMLMetaElement>('meta[name="airdrop"]')?.content
  const config: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isPageConfig(config)) throw new Error("index.html carries no settings")
  return config
}

function isPageConfig(value: unknown): value is PageConfig {
  return isObject(value) && typeof value["contract"] === "string" && Array.isArray(value["files"])
}
