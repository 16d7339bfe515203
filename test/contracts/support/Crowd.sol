// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Airdrop} from "./Airdrop.sol";
import {PlainToken, ReentrantToken} from "./Tokens.sol";
import {Vm} from "./Vm.sol";
import {Trees} from "./Trees.sol";

/// @dev Everyone around an airdrop, called at random by an invariant campaign: recipients, strangers, relayers, and an
/// owner who tries everything. Their calls may fail; the functions here never revert. Each account has its own purse to
/// redirect to, so that the balances alone tell what was paid on its behalf.
abstract contract Crowd {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    struct Pair {
        address[2] accounts;
        uint256[2] amounts;
    }

    uint256 private constant KEY = 0xA11CE;

    Airdrop private _airdrop;
    PlainToken private _token;
    ReentrantToken private _stray;
    uint256 public size;

    address[] public accounts;
    uint256[] public amounts;
    bytes32[] private _tree;
    bytes32[] private _roots;
    mapping(bytes32 root => Pair pair) private _pairs;

    address[2] public owners = [address(0x0511E2), address(0x0511E3)];
    mapping(uint256 index => bool seen) public seenClaimed;
    bool public swept;
    mapping(bytes32 action => uint256 count) public successes;

    constructor(
        Airdrop airdrop,
        PlainToken token,
        address[] memory accounts_,
        uint256[] memory amounts_,
        bytes32[] memory tree
    ) {
        accounts = accounts_;
        _airdrop = airdrop;
        _token = token;
        _stray = new ReentrantToken();
        amounts = amounts_;
        _tree = tree;
        size = amounts_.length;
    }

    function purseOf(uint256 i) public pure returns (address) {
        return address(uint160(0xB00000 + i));
    }

    function proofOf(uint256 i) public view returns (bytes32[] memory) {
        return Trees.proofOf(_tree, i);
    }

    // ---- recipients and relayers ----

    function claim(uint256 i, uint256 caller) external {
        i %= size;
        _act(accounts[caller % size], "claim", _claimCall(i));
    }

    function claimTo(uint256 i) external {
        i %= size;
        _act(
            accounts[i],
            "claimTo",
            abi.encodeCall(_airdrop.claimTo, (i, purseOf(i), amounts[i], proofOf(i)))
        );
    }

    function claimWithSignature(uint256 i, uint256 signer, uint256 delay) external {
        i %= size;
        // One in three signers is another account.
        uint256 key = KEY + (signer % 3 == 0 ? signer % size : i);
        uint256 deadline = block.timestamp + (delay % 3) - 1;
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Claim(uint256 index,address account,address to,uint256 amount,uint256 deadline)"),
                i,
                accounts[i],
                purseOf(i),
                amounts[i],
                deadline
            )
        );
        bytes memory call_ = abi.encodeCall(
            _airdrop.claimWithSignature,
            (i, accounts[i], purseOf(i), amounts[i], deadline, _signature(key, message), proofOf(i))
        );
        _act(address(this), "claimWithSignature", call_);
    }

    function claimRange(uint256 start, uint256 count) external {
        _act(address(this), "claimRange", _rangeCall(start, count));
    }

    /// @dev Any two of the crowd's calls in one transaction, often the same twice.
    function batch(uint256 i, uint256 start, uint256 count, uint256 mix) external {
        i %= size;
        bytes[] memory calls = new bytes[](3);
        for (uint256 k = 0; k < calls.length; ++k) {
            calls[k] =
                (mix >> k) & 1 == 0
                    ? _claimCall((i + ((mix >> (8 + k)) & 1)) % size)
                    : _rangeCall(start, count);
        }
        _act(accounts[i], "batch", abi.encodeCall(_airdrop.multicall, (calls)));
    }

    function claimReserve(uint256 which, uint256 side, uint256 mode) external {
        if (_roots.length == 0) return;
        side %= 2;
        bytes32 root = _roots[which % _roots.length];
        Pair memory pair = _pairs[root];
        (address account, uint256 amount) = (pair.accounts[side], pair.amounts[side]);
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = Trees.reserveLeaf(pair.accounts[1 - side], pair.amounts[1 - side]);
        bytes memory call_ = abi.encodeCall(_airdrop.claimReserve, (account, amount, proof));
        if (mode % 3 == 0) {
            bytes[] memory twice = new bytes[](2);
            (twice[0], twice[1]) = (call_, call_);
            call_ = abi.encodeCall(_airdrop.multicall, (twice));
        }
        _act(address(this), "claimReserve", call_);
    }

    function acceptReserveRoot(uint256 which) external {
        if (_roots.length == 0) return;
        bytes memory call_ = abi.encodeCall(_airdrop.acceptReserveRoot, (_roots[which % _roots.length]));
        _act(address(this), "accept", call_);
    }

    // ---- the owner ----

    function submitReserveRoot(uint256 a, uint256 b, uint256 x, uint256 y) external {
        Pair memory pair = Pair({
            accounts: [_grantee(a), _grantee(b)],
            amounts: [x % (_airdrop.RESERVE_CAP() * 2), y % 4 == 0 ? y : y % _airdrop.RESERVE_CAP()]
        });
        bytes32 root = Trees.join(
            Trees.reserveLeaf(pair.accounts[0], pair.amounts[0]),
            Trees.reserveLeaf(pair.accounts[1], pair.amounts[1])
        );
        _pairs[root] = pair;
        _roots.push(root);
        _act(_airdrop.owner(), "submit", abi.encodeCall(_airdrop.submitReserveRoot, (root, "ipfs://")));
    }

    function revokeReserveRoot() external {
        (bytes32 root, ) = _airdrop.pendingReserveRoot();
        _act(_airdrop.owner(), "revoke", abi.encodeCall(_airdrop.revokeReserveRoot, (root)));
    }

    function submitAutomaticRootAsReserve() external {
        bytes32 root = _airdrop.AUTOMATIC_ROOT();
        _act(_airdrop.owner(), "submit", abi.encodeCall(_airdrop.submitReserveRoot, (root, "")));
    }

    function sweep() external {
        if (_act(_airdrop.owner(), "sweep", abi.encodeCall(_airdrop.sweep, ()))) swept = true;
    }

    function rescue(uint256 i, uint256 amount, bool own) external {
        i %= size;
        address target = own ? address(_token) : address(_stray);
        _stray.mint(address(_airdrop), 1e9);
        // The stray token calls back in the middle of its transfer.
        _stray.arm(address(_airdrop), amount % 2 == 0 ? _claimCall(i) : abi.encodeCall(_airdrop.sweep, ()));
        bytes memory call_ = abi.encodeCall(_airdrop.rescue, (target, _airdrop.owner(), amount % 1e9));
        _act(_airdrop.owner(), own ? bytes32("rescue own") : bytes32("rescue"), call_);
        _stray.arm(address(0), "");
    }

    function changeOwner() external {
        address next = _airdrop.owner() == owners[0] ? owners[1] : owners[0];
        _act(_airdrop.owner(), "transfer", abi.encodeCall(_airdrop.transferOwnership, (next)));
        _act(next, "take", abi.encodeCall(_airdrop.acceptOwnership, ()));
        _act(next, "renounce", abi.encodeCall(_airdrop.renounceOwnership, ()));
    }

    // ---- time ----

    function wait(uint256 time) external {
        uint256 sweepTime = _airdrop.SWEEP_TIME();
        // Mostly days; one time in 16 up to the second before the sweep time, one time in 16 beyond it.
        if (time % 16 == 0 && block.timestamp < sweepTime) vm.warp(sweepTime - 1);
        else if (time % 16 == 1 && block.timestamp < sweepTime) vm.warp(sweepTime);
        else vm.warp(block.timestamp + (time % 4 days));
    }

    // ---- internals ----

    function _grantee(uint256 i) private view returns (address) {
        i %= size + 2;
        return i < size ? accounts[i] : owners[i - size];
    }

    function _claimCall(uint256 i) private view returns (bytes memory) {
        return abi.encodeCall(_airdrop.claim, (i, accounts[i], amounts[i], proofOf(i)));
    }

    function _rangeCall(uint256 start, uint256 count) private view returns (bytes memory) {
        start %= size;
        uint256 deep = Trees.deepLeaves(size);
        uint256 most = (start < deep ? deep : size) - start;
        count = 1 + (count % (most < 4 ? most : 4));
        uint256[] memory entries = new uint256[](count);
        for (uint256 k = 0; k < count; ++k) {
            entries[k] = (uint256(uint160(accounts[start + k])) << 96) | amounts[start + k];
        }
        return abi.encodeCall(_airdrop.claimRange, (start, entries, Trees.rangeProofOf(_tree, start, count)));
    }

    function _signature(uint256 key, bytes32 message) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("MerkleAirdrop"),
                keccak256("1"),
                block.chainid,
                address(_airdrop)
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(bytes.concat(hex"1901", domain, message)));
        return abi.encodePacked(r, s, v);
    }

    /// @dev Makes one call, counts it if it succeeds, and records which bits are set after it.
    function _act(address sender, bytes32 action, bytes memory call_) private returns (bool done) {
        vm.prank(sender);
        (done, ) = address(_airdrop).call(call_);
        if (done) ++successes[action];
        for (uint256 i = 0; i < size; ++i) if (_airdrop.isClaimed(i)) seenClaimed[i] = true;
    }
}
