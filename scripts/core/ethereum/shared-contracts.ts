/**
 * Public contracts that have the same address on most chains. They have no owner, so tokens sent to them are lost. A list
 * copied from transactions may hold them; they are recognized without a node. A test compares Safe's with
 * @safe-global/safe-deployments.
 */
import type { Address } from "../primitives/address.ts"

/** The name of each shared contract, in ascending order of the addresses. */
export const SHARED_CONTRACTS: ReadonlyMap<Address, string> = new Map<Address, string>([
  ["0x000000000022d473030f116ddee9f6b43ac78ba3", "Permit2"],
  ["0x0000000071727de22e5e9d8baf0edac6f37da032", "the EntryPoint 0.7 of ERC-4337"],
  ["0x12302fe9c02ff50939baaaaf415fc226c078613c", "the Safe proxy factory 1.0.0"],
  ["0x14f2982d601c9458f93bd70b218933a6f8165e7b", "the Safe proxy factory 1.5.0"],
  ["0x218543288004cd07832472d464648173c77d7eb7", "MultiSend 1.5.0"],
  ["0x29fcb43b46531bca003ddc8fcb67ffe91900c762", "the Safe L2 singleton 1.4.1"],
  ["0x34cfac646f301356faa8b21e94227e3583fe3f5f", "the Safe singleton 1.1.1"],
  ["0x38869bf66a61cf6bdb996a6ae40d5853fd43b526", "MultiSend 1.4.1"],
  ["0x3e5c63644e683549055b9be8653de26e0b4cd36e", "the Safe L2 singleton 1.3.0"],
  ["0x40a2accbd92bca938b02010e17a5b8929b49130d", "MultiSendCallOnly 1.3.0"],
  ["0x41675c099f32341bf84bfc5382af534df5c7461a", "the Safe singleton 1.4.1"],
  ["0x4e1dcf7ad4e460cfd30791ccc4f9c8a4f820ec67", "the Safe proxy factory 1.4.1"],
  ["0x4e59b44847b379578588920ca78fbf26c0b4956c", "the deployment proxy"],
  ["0x5ff137d4b0fdcd49dca30c7cf57e578a026d2789", "the EntryPoint 0.6 of ERC-4337"],
  ["0x6851d6fdfafd08c0295c392436245e5bc78b0185", "the Safe singleton 1.2.0"],
  ["0x69f4d1788e39c87893c980c06edf4b7f686e2938", "the Safe singleton 1.3.0"],
  ["0x76e2cfc1f5fa8f6a5b3fc4c8f4788f0116861f9b", "the Safe proxy factory 1.1.1"],
  ["0x8d29be29923b68abfdd21e541b9374737b49cdad", "MultiSend 1.1.1"],
  ["0x914d7fec6aac8cd542e72bca78b30650d45643d7", "the Safe's singleton factory"],
  ["0x9641d764fc13c8b624c04430c7356c1c7c8102e2", "MultiSendCallOnly 1.4.1"],
  ["0x998739bfdaadde7c933b942a68053933098f9eda", "MultiSend 1.3.0"],
  ["0xa1dabef33b3b82c7814b6d82a79e50f4ac44102b", "MultiSendCallOnly 1.3.0"],
  ["0xa238cbeb142c10ef7ad8442c6d1f9e89e07e7761", "MultiSend 1.3.0"],
  ["0xa6b71e26c5e0845f74c812102ca7114b6a896ab2", "the Safe proxy factory 1.3.0"],
  ["0xa83c336b20401af773b6219ba5027174338d1836", "MultiSendCallOnly 1.5.0"],
  ["0xb6029ea3b2c51d09a50b53ca8012feeb05bda35a", "the Safe singleton 1.0.0"],
  ["0xba5ed099633d3b313e4d5f7bdc1305d3c28ba5ed", "CreateX"],
  ["0xc22834581ebc8527d974f8a1c97e1bea4ef910bc", "the Safe proxy factory 1.3.0"],
  ["0xca11bde05977b3631167028862be2a173976ca11", "Multicall3"],
  ["0xd9db270c1b5e3bd161e8c8503c55ceabee709552", "the Safe singleton 1.3.0"],
  ["0xedd160febbd92e350d4d398fb636302fccd67c7e", "the Safe L2 singleton 1.5.0"],
  ["0xfb1bffc9d739b8d520daf37df666da4c687191ea", "the Safe L2 singleton 1.3.0"],
  ["0xff51a5898e281db6dfc7855790607438df2ca44b", "the Safe singleton 1.5.0"],
])
