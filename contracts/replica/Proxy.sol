// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

/// @title A stand-in for the proxies that the Session contracts run behind
/// @notice For the embedded chain and tests only. Its implementation is in the slot of EIP-1967, as that of the real
/// ones is. The embedded chain places its code without running the constructor.
contract Proxy is ERC1967Proxy {
    constructor(address implementation) ERC1967Proxy(implementation, "") {}
}
