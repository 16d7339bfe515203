/**
 * The encoder of QR codes, loaded when a user wants to open the page on a phone. It sets one global, because
 * classic scripts cannot export.
 */
import { encode } from "uqr"

globalThis.airdropQr = (text: string) => encode(text, { border: 0 }).data
