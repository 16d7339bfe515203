// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AirdropTest} from "./support/AirdropTest.sol";
import {Airdrop} from "./support/Airdrop.sol";
import {Crowd} from "./support/Crowd.sol";
import {PlainToken} from "./support/Tokens.sol";

/// @dev The target of the campaign. It is declared here because the runner recognises only contracts of test files.
contract TargetCrowd is Crowd {
    constructor(
        Airdrop airdrop,
        PlainToken token,
        address[] memory accounts_,
        uint256[] memory amounts_,
        bytes32[] memory tree
    ) Crowd(airdrop, token, accounts_, amounts_, tree) {}
}

/// @dev What holds after any sequence of calls by anyone, at any time.
contract InvariantsTest is AirdropTest {
    uint256 private constant LIST = 40;

    Crowd private _crowd;
    uint256 private _funding;

    function setUp() public override {
        vm.warp(START);
        token = new PlainToken();
        _enlist(LIST);
        airdrop = _deploy(_parameters(address(token)));
        token.mint(address(airdrop), total + CAP);
        _crowd = new TargetCrowd(airdrop, token, accounts, amounts, tree);
        _funding = token.balanceOf(address(airdrop));
        _target(address(_crowd));
    }

    /// @dev Paid on behalf of account i, wherever it went.
    function _paidFor(uint256 i) private view returns (uint256) {
        return token.balanceOf(accounts[i]) + token.balanceOf(_crowd.purseOf(i));
    }

    function _unclaimed() private view returns (uint256 sum) {
        for (uint256 i = 0; i < LIST; ++i) if (!airdrop.isClaimed(i)) sum += amounts[i];
    }

    function invariant_EachAccountIsPaidExactlyOnceWhatItClaimed() public view {
        for (uint256 i = 0; i < LIST; ++i) {
            uint256 due = (airdrop.isClaimed(i) ? amounts[i] : 0) + airdrop.reserveClaimed(accounts[i]);
            vm.assertEq(_paidFor(i), due, "claimed and paid");
        }
    }

    function invariant_AClaimedBitNeverClears() public view {
        for (uint256 i = 0; i < LIST; ++i) {
            if (_crowd.seenClaimed(i)) vm.assertTrue(airdrop.isClaimed(i), "still claimed");
        }
    }

    function invariant_TheReserveStaysWithinItsCapAndAddsUp() public view {
        uint256 sum = airdrop.reserveClaimed(_crowd.owners(0)) + airdrop.reserveClaimed(_crowd.owners(1));
        for (uint256 i = 0; i < LIST; ++i) sum += airdrop.reserveClaimed(accounts[i]);
        vm.assertEq(airdrop.reservePaid(), sum, "the sum of what each had");
        vm.assertLe(airdrop.reservePaid(), CAP, "within the cap");
    }

    function invariant_NothingIsSweptBeforeTheSweepTime() public view {
        if (block.timestamp < SWEEP_TIME) vm.assertFalse(_crowd.swept(), "swept");
    }

    function invariant_UntilItIsSweptItHoldsAllThatIsStillDue() public view {
        if (_crowd.swept()) return;
        uint256 due = _unclaimed() + CAP - airdrop.reservePaid();
        vm.assertEq(token.balanceOf(address(airdrop)), due, "exactly");
    }

    /// @dev By doing it: the campaign does not keep what an invariant changes.
    function invariant_BeforeTheSweepTimeEveryUnclaimedAllocationCanBePaid() public {
        if (block.timestamp >= SWEEP_TIME) return;
        for (uint256 i = 0; i < LIST; ++i) {
            if (airdrop.isClaimed(i)) continue;
            uint256 before = token.balanceOf(accounts[i]);
            _claim(i);
            vm.assertEq(token.balanceOf(accounts[i]), before + amounts[i], "paid");
        }
        vm.assertEq(token.balanceOf(address(airdrop)), CAP - airdrop.reservePaid(), "the reserve is left");
    }

    function invariant_TokensOutAreTokensInLessTheBalance() public view {
        uint256 out = token.balanceOf(_crowd.owners(0)) + token.balanceOf(_crowd.owners(1));
        for (uint256 i = 0; i < LIST; ++i) out += _paidFor(i);
        vm.assertEq(token.balanceOf(address(airdrop)), _funding - out, "balance");
    }

    function invariant_TheOwnersGetTheReserveTheyGrantThemselvesAndTheSweep() public view {
        if (_crowd.swept()) return;
        for (uint256 i = 0; i < 2; ++i) {
            address owner = _crowd.owners(i);
            vm.assertEq(token.balanceOf(owner), airdrop.reserveClaimed(owner), "no more than that");
        }
    }

    /// @dev The invariants would say nothing of a crowd whose calls all fail: each kind goes through, in one long walk.
    function test_EachKindOfCallByTheCrowdSucceedsNowAndThen() public {
        uint256 random = 7;
        for (uint256 step = 0; step < 400; ++step) {
            random = uint256(keccak256(abi.encode(random)));
            uint256 kind = random % 12;
            (uint256 a, uint256 b, uint256 c) = (random >> 16, random >> 96, random >> 176);
            if (kind == 0) _crowd.claim(a, b);
            else if (kind == 1) _crowd.claimTo(a);
            else if (kind == 2) _crowd.claimWithSignature(a, b, c);
            else if (kind == 3) _crowd.claimRange(a, b % 3);
            else if (kind == 4) _crowd.batch(a, b, c, random);
            else if (kind == 5) _crowd.submitReserveRoot(a, b, c, random);
            else if (kind == 6) _crowd.acceptReserveRoot(a);
            else if (kind == 7) _crowd.claimReserve(a, b, c);
            else if (kind == 8) _crowd.rescue(a, b, c % 2 == 0);
            else if (kind == 9) _crowd.changeOwner();
            else if (kind == 10) vm.warp(block.timestamp + DELAY);
            else if (step % 5 == 0) _crowd.revokeReserveRoot();
        }
        _crowd.submitAutomaticRootAsReserve();
        vm.warp(SWEEP_TIME);
        _crowd.sweep();
        string[13] memory kinds = [
            "claim",
            "claimTo",
            "claimWithSignature",
            "claimRange",
            "batch",
            "claimReserve",
            "accept",
            "submit",
            "revoke",
            "sweep",
            "rescue",
            "transfer",
            "take"
        ];
        for (uint256 i = 0; i < kinds.length; ++i) {
            vm.assertGe(_crowd.successes(bytes32(bytes(kinds[i]))), 1, kinds[i]);
        }
        vm.assertEq(_crowd.successes("rescue own"), 0, "never");
        vm.assertEq(_crowd.successes("renounce"), 0, "never");
    }
}
