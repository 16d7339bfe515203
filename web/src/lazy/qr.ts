/** The QR code's encoder, loaded when a user wants to open the page on a phone. Sets one global: classic scripts
 * have no other way to hand anything over. */
import { encode } from "uqr"

globalThis.airdropQr = (text: string) => encode(text, { border: 0 }).data
