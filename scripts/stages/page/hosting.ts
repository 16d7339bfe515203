/** Files for the page's host: response headers, and what makes the page a Safe App. Outside the page's fingerprint. */
import type { PageConfig } from "../../core/publication/page-config.ts"
import type { PageFile } from "./bundle.ts"

/** Netlify, Cloudflare Pages and others read this file. */
export const HEADERS_NAME = "_headers"

/** Returns the files that a host reads, or serves without the page asking for them. */
export function hostingFiles(config: PageConfig): readonly PageFile[] {
  const headers = headersOf(config)
  return [
    { name: "manifest.json", content: safeAppManifest(config) },
    { name: HEADERS_NAME, content: headersFile(headers) },
    { name: "nginx.conf", content: nginxFile(headers) },
  ]
}

/** Returns the headers of every response. A policy within the page cannot say who may frame it. */
function headersOf({ safeOrigins }: PageConfig): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": `frame-ancestors ${["'self'", ...safeOrigins].join(" ")}`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  }
}

function headersFile(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)
  return ["/*", ...lines, "/manifest.json", "  Access-Control-Allow-Origin: *", ""].join("\n")
}

function nginxFile(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `add_header ${name} "${value}" always;`)
  return [
    "# An example: include it in the server block whose root is this folder.",
    ...lines,
    "location = /manifest.json {",
    ...lines.map((line) => `  ${line}`),
    '  add_header Access-Control-Allow-Origin "*" always;',
    "}",
    "",
  ].join("\n")
}

/** Returns the manifest that the Safe's web app reads before it adds the page. */
function safeAppManifest({ title, description }: PageConfig): string {
  const manifest = { name: title, description: description ?? title, iconPath: "icon.svg" }
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}
