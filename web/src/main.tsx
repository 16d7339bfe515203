/** Starts the page. */
import { render } from "preact"
import "./kit.ts"
import { readConfig } from "./config.ts"
import { pinConnections } from "./security.ts"
import { applyTheme, chosenRpc, nameRpc, readSetting, readTheme, spareRpc } from "./settings.ts"
import { isLanguage, preferredLanguage } from "./text/language.ts"
import { loadLanguage } from "./text/load.ts"
import { App } from "./view/app.tsx"

const config = readConfig()
pinConnections([chosenRpc(config), spareRpc(config), nameRpc(config)].filter((url) => url !== undefined))
applyTheme(readTheme())
const chosen = readSetting("language") ?? ""
void loadLanguage(isLanguage(chosen) ? chosen : preferredLanguage(navigator.languages)).then((language) => {
  const root = document.getElementById("page")
  if (root === null) return
  root.replaceChildren() // the content shown before this script runs
  render(<App config={config} initial={language} />, root)
})
