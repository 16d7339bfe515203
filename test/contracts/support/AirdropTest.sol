// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../../contracts/interfaces/IMerkleAirdrop.sol";
import {Airdrop} from "./Airdrop.sol";
import {Test} from "./Test.sol";
import {PlainToken} from "./Tokens.sol";
import {Trees} from "./Trees.sol";

/// @dev An airdrop that is fully funded, its trees, and the people in it. Account i has the private key KEY + i, so
/// that it can sign. With 11 leaves, 0 to 5 stand on the deeper level of the tree and 6 to 10 on the other.
abstract contract AirdropTest is Test {
    uint256 internal constant KEY = 0xA11CE;
    uint256 internal constant LEAVES = 11;
    uint256 internal constant CAP = 50_000e9;
    uint256 internal constant DELAY = 3 days;
    uint256 internal constant START = 1_800_000_000;
    uint256 internal constant SWEEP_TIME = START + 365 days;
    string internal constant URI = "ipfs://bafyproofs";

    bytes32 internal constant CLAIM_TYPEHASH = keccak256(
        "Claim(uint256 index,address account,address to,uint256 amount,uint256 deadline)"
    );
    bytes32 internal constant CLAIM_RESERVE_TYPEHASH = keccak256(
        "ClaimReserve(address account,address to,uint256 cumulativeAmount,uint256 deadline)"
    );

    address internal immutable OWNER = address(0x0511E2);
    address internal immutable STRANGER = address(0x57124);
    address internal immutable ELSEWHERE = address(0xE15E);

    PlainToken internal token;
    Airdrop internal airdrop;
    address[] internal accounts;
    uint256[] internal amounts;
    /// @dev Nodes of the automatic tree, and of the reserve's (grants of `_grant` to the first four accounts).
    bytes32[] internal tree;
    bytes32[] internal grants;
    uint256 internal total;

    function setUp() public virtual {
        vm.warp(START);
        token = new PlainToken();
        _enlist(LEAVES);
        airdrop = _deploy(_parameters(address(token)));
        token.mint(address(airdrop), total + CAP);
    }

    /// @dev Fills the list and its trees.
    function _enlist(uint256 count) internal {
        delete accounts;
        delete amounts;
        total = 0;
        bytes32[] memory leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            accounts.push(vm.addr(KEY + i));
            amounts.push((i + 1) * 1e9 + i);
            total += amounts[i];
            leaves[i] = Trees.automaticLeaf(i, accounts[i], amounts[i]);
        }
        tree = Trees.build(leaves);
        uint256 granted = count < 4 ? count : 4;
        bytes32[] memory reserve = new bytes32[](granted);
        for (uint256 i = 0; i < granted; ++i) reserve[i] = Trees.reserveLeaf(accounts[i], _grant(i));
        grants = Trees.build(reserve);
    }

    function _grant(uint256 i) internal pure returns (uint256) {
        return (i + 1) * 100e9;
    }

    function _parameters(address token_) internal view returns (IMerkleAirdrop.Parameters memory) {
        return
            IMerkleAirdrop.Parameters({
                token: token_,
                automaticRoot: tree[0],
                leafCount: accounts.length,
                reserveCap: CAP,
                reserveDelay: DELAY,
                sweepTime: SWEEP_TIME,
                owner: OWNER,
                proofsURI: URI
            });
    }

    /// @dev Deploys the code of the contract's artifact rather than a copy compiled into each test: the tests then need
    /// no compiling when the contract changes, which makes mutation testing affordable.
    function _deploy(IMerkleAirdrop.Parameters memory parameters) internal returns (Airdrop deployed) {
        bytes memory code = bytes.concat(
            vm.getCode("contracts/MerkleAirdrop.sol:MerkleAirdrop"),
            abi.encode(parameters)
        );
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            if iszero(deployed) {
                let pointer := mload(0x40)
                returndatacopy(pointer, 0, returndatasize())
                revert(pointer, returndatasize())
            }
        }
    }

    /// @dev Submits a reserve root, waits and accepts it.
    function _accept(bytes32 root) internal {
        vm.prank(OWNER);
        airdrop.submitReserveRoot(root, URI);
        vm.warp(block.timestamp + DELAY);
        airdrop.acceptReserveRoot(root);
    }

    function _proof(uint256 index) internal view returns (bytes32[] memory) {
        return Trees.proofOf(tree, index);
    }

    function _grantProof(uint256 i) internal view returns (bytes32[] memory) {
        return Trees.proofOf(grants, i);
    }

    function _rangeProof(uint256 start, uint256 count) internal view returns (bytes32[] memory) {
        return Trees.rangeProofOf(tree, start, count);
    }

    function _entry(uint256 i) internal view returns (uint256) {
        return (uint256(uint160(accounts[i])) << 96) | amounts[i];
    }

    function _entries(uint256 start, uint256 count) internal view returns (uint256[] memory entries) {
        entries = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) entries[i] = _entry(start + i);
    }

    function _claim(uint256 i) internal {
        airdrop.claim(i, accounts[i], amounts[i], _proof(i));
    }

    function _claimRange(uint256 start, uint256 count) internal {
        airdrop.claimRange(start, _entries(start, count), _rangeProof(start, count));
    }

    function _claimReserve(uint256 i) internal {
        airdrop.claimReserve(accounts[i], _grant(i), _grantProof(i));
    }

    /// @dev The digest of EIP-712, assembled by hand for any chain and contract.
    function _digest(bytes32 structHash, uint256 chain, address verifier) internal pure returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("MerkleAirdrop"),
                keccak256("1"),
                chain,
                verifier
            )
        );
        return keccak256(bytes.concat(hex"1901", domain, structHash));
    }

    function _claimDigest(uint256 i, address to, uint256 deadline) internal view returns (bytes32) {
        return
            _digest(
                keccak256(abi.encode(CLAIM_TYPEHASH, i, accounts[i], to, amounts[i], deadline)),
                block.chainid,
                address(airdrop)
            );
    }

    function _reserveDigest(uint256 i, address to, uint256 deadline) internal view returns (bytes32) {
        return
            _digest(
                keccak256(abi.encode(CLAIM_RESERVE_TYPEHASH, accounts[i], to, _grant(i), deadline)),
                block.chainid,
                address(airdrop)
            );
    }

    function _sign(uint256 i, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY + i, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Claims with a fresh signature of account i.
    function _claimSigned(uint256 i, address to) internal {
        bytes memory signature = _sign(i, _claimDigest(i, to, block.timestamp));
        airdrop.claimWithSignature(i, accounts[i], to, amounts[i], block.timestamp, signature, _proof(i));
    }
}
