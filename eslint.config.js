import tseslint from "typescript-eslint"

/** Globals that would tie the core to one machine or one moment. The core also runs in browsers. */
const impureGlobals = [
  ...["process", "Buffer", "console", "fetch", "XMLHttpRequest", "WebSocket"],
  ...["performance", "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "global"],
].map((name) => ({ name, message: "scripts/core/ is pure: effects belong to its callers" }))

const impureProperties = [
  { object: "Date", property: "now" },
  { object: "Math", property: "random" },
  { object: "crypto", property: "randomUUID" },
  { object: "crypto", property: "getRandomValues" },
].map((rule) => ({ ...rule, message: "scripts/core/ is deterministic" }))

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "artifacts/",
      "cache/",
      "coverage/",
      "types/",
      "**/dist/",
      ".cache/",
      "proofs/",
    ],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/dot-notation": "off", // tsconfig's noPropertyAccessFromIndexSignature says the opposite
      eqeqeq: "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "export by name" },
        { selector: "ExportAllDeclaration", message: "import from the file that defines it" },
        // Node strips types and nothing else. The compiler's own erasableSyntaxOnly refuses typechain's files too.
        { selector: "TSEnumDeclaration, TSParameterProperty", message: "Node cannot strip it" },
        { selector: "TSModuleDeclaration[declare!=true]", message: "Node cannot strip it" },
      ],
    },
  },
  {
    files: ["scripts/core/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", ...impureGlobals],
      "no-restricted-properties": ["error", ...impureProperties],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["node:*", "hardhat", "hardhat/*", "fs", "path", "os"],
              message: "scripts/core/ is pure",
            },
          ],
        },
      ],
    },
  },
  {
    // Texts of others must not speak to the terminal: all goes through the one place that shows them as codes.
    files: ["scripts/**/*.ts"],
    ignores: ["scripts/core/**", "scripts/io/terminal/*.ts", "scripts/io/project/processes.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        ...["stdout", "stderr"].map((property) => ({
          object: "process",
          property,
          message: "print through io/terminal/output.ts",
        })),
      ],
    },
  },
  {
    // A FIFO would be waited for without end, and a half-written file be left: io/disk reads and writes.
    files: ["scripts/**/*.ts"],
    ignores: ["scripts/core/**", "scripts/io/disk/*.ts", "scripts/io/project/*.ts", "scripts/dev/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        ...[
          ["node:fs/promises", ["open", "readFile", "writeFile", "appendFile", "copyFile"]],
          ["node:fs", ["open", "readFile", "writeFile", "appendFile", "copyFile"]],
          ["node:fs", ["openSync", "readFileSync", "writeFileSync", "appendFileSync", "copyFileSync"]],
          ["node:fs", ["createReadStream", "createWriteStream"]],
        ].map(([name, importNames]) => ({
          name,
          importNames,
          message:
            "read through io/disk/read-file.ts or plain-file.ts, write through io/disk/atomic-write.ts",
        })),
      ],
    },
  },
  {
    // chai's assertions are property reads, and mocha's context is `this`.
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off" },
  },
  {
    // Hardhat and vite read the default export of their settings.
    files: ["hardhat.config.ts", "**/vite.config.ts", "deploy/**/*.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
)
