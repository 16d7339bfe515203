// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {
    BlockingToken,
    FalseToken,
    FeeToken,
    PlainToken,
    ReentrantToken,
    SilentToken
} from "./support/Tokens.sol";

contract HostileTokenTest is AirdropTest {
    /// @dev Deploys the airdrop anew, over `count` leaves, paying with this token, and funds it.
    function _payWith(address hostile, uint256 count) private {
        _enlist(count);
        token = PlainToken(hostile);
        airdrop = _deploy(_parameters(hostile));
        token.mint(address(airdrop), total + CAP);
    }

    function _expectFailedOperation() private {
        vm.expectRevert(abi.encodeWithSignature("SafeERC20FailedOperation(address)", address(token)));
    }

    // ---- returns nothing, or false ----

    function test_ATokenThatAnswersNothingIsPaidWith() public {
        _payWith(address(new SilentToken()), LEAVES);
        _claim(0);
        _claimRange(0, 6);
        _accept(grants[0]);
        _claimReserve(1);
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0], "claim");
        vm.assertEq(token.balanceOf(accounts[1]), amounts[1] + _grant(1), "range and reserve");
        vm.warp(SWEEP_TIME);
        vm.prank(OWNER);
        airdrop.sweep();
        vm.assertEq(token.balanceOf(address(airdrop)), 0, "swept");
    }

    function test_RevertWhen_TheTokenAnswersFalse() public {
        _payWith(address(new FalseToken()), LEAVES);
        _accept(grants[0]);
        bytes32[] memory proof = _proof(0);
        _expectFailedOperation();
        airdrop.claim(0, accounts[0], amounts[0], proof);
        _expectFailedOperation();
        vm.prank(accounts[0]);
        airdrop.claimTo(0, ELSEWHERE, amounts[0], proof);
        uint256[] memory entries = _entries(0, 6);
        proof = _rangeProof(0, 6);
        _expectFailedOperation();
        airdrop.claimRange(0, entries, proof);
        proof = _grantProof(0);
        _expectFailedOperation();
        airdrop.claimReserve(accounts[0], _grant(0), proof);
        vm.assertFalse(airdrop.isClaimed(0), "not claimed");
        vm.assertEq(airdrop.reservePaid(), 0, "nothing paid");
        vm.warp(SWEEP_TIME);
        _expectFailedOperation();
        vm.prank(OWNER);
        airdrop.sweep();
    }

    // ---- reverts ----

    function test_RevertWhen_TheTokenRefusesOneRecipientAndOthersAreStillPaid() public {
        BlockingToken blocking = new BlockingToken();
        _payWith(address(blocking), LEAVES);
        blocking.setBlocked(accounts[2]);
        uint256[] memory entries = _entries(0, 6);
        bytes32[] memory proof = _rangeProof(0, 6);
        vm.expectRevert(abi.encodeWithSelector(BlockingToken.Blocked.selector, accounts[2]));
        airdrop.claimRange(0, entries, proof);
        _claimRange(0, 2);
        _claimRange(3, 3);
        vm.assertFalse(airdrop.isClaimed(2), "still due");
        // The account itself can have it sent where the token does not refuse it.
        _claimSigned(2, ELSEWHERE);
        vm.assertEq(token.balanceOf(ELSEWHERE), amounts[2], "paid elsewhere");
    }

    // ---- takes a fee ----

    function test_AFeeIsTheRecipientsAndEveryClaimIsStillFunded() public {
        _payWith(address(new FeeToken()), LEAVES);
        _claimRange(0, 6);
        for (uint256 i = 6; i < LEAVES; ++i) _claim(i);
        for (uint256 i = 0; i < LEAVES; ++i) {
            vm.assertEq(token.balanceOf(accounts[i]), amounts[i] - amounts[i] / 100, "less the fee");
        }
        vm.assertEq(token.balanceOf(address(airdrop)), CAP, "no more left it than was due");
    }

    // ---- re-enters ----

    function _reenter(bytes memory call_) private returns (ReentrantToken hostile) {
        hostile = ReentrantToken(address(token));
        hostile.arm(address(airdrop), call_);
    }

    function _reentrant(uint256 count) private {
        _payWith(address(new ReentrantToken()), count);
    }

    function test_TheSameClaimAgainFromWithinTheTransferFails() public {
        _reentrant(LEAVES);
        ReentrantToken hostile = _reenter(
            abi.encodeCall(airdrop.claim, (0, accounts[0], amounts[0], _proof(0)))
        );
        _claim(0);
        vm.assertEq(hostile.calls(), 1, "it was tried");
        vm.assertFalse(hostile.succeeded(), "and refused");
        vm.assertEq(
            keccak256(hostile.answer()),
            keccak256(abi.encodeWithSelector(IMerkleAirdrop.AlreadyClaimed.selector, 0)),
            "as claimed"
        );
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0], "once");
    }

    function test_TheSameReserveClaimAgainFromWithinTheTransferFails() public {
        _reentrant(LEAVES);
        _accept(grants[0]);
        ReentrantToken hostile = _reenter(
            abi.encodeCall(airdrop.claimReserve, (accounts[0], _grant(0), _grantProof(0)))
        );
        _claimReserve(0);
        vm.assertEq(hostile.calls(), 1, "it was tried");
        vm.assertFalse(hostile.succeeded(), "and refused");
        vm.assertEq(token.balanceOf(accounts[0]), _grant(0), "once");
        vm.assertEq(airdrop.reservePaid(), _grant(0), "once");
    }

    function test_ALaterLeafOfTheRangeClaimedFromWithinItsWordFails() public {
        _reentrant(LEAVES);
        ReentrantToken hostile = _reenter(
            abi.encodeCall(airdrop.claim, (5, accounts[5], amounts[5], _proof(5)))
        );
        _claimRange(0, 6);
        vm.assertEq(hostile.calls(), 1, "it was tried");
        vm.assertFalse(hostile.succeeded(), "and refused");
        vm.assertEq(token.balanceOf(accounts[5]), amounts[5], "once");
    }

    function test_ALaterLeafOfTheRangeClaimedFromWithinAnotherWordIsSkipped() public {
        _reentrant(512);
        ReentrantToken hostile = _reenter(
            abi.encodeCall(airdrop.claim, (300, accounts[300], amounts[300], _proof(300)))
        );
        _claimRange(250, 60);
        vm.assertTrue(hostile.succeeded(), "a claim like any other");
        for (uint256 i = 250; i < 310; ++i) {
            vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "once each");
        }
    }

    function test_TheSameRangeAgainFromWithinPaysEachOnce() public {
        _reentrant(512);
        ReentrantToken hostile = _reenter(
            abi.encodeCall(airdrop.claimRange, (250, _entries(250, 60), _rangeProof(250, 60)))
        );
        _claimRange(250, 60);
        vm.assertTrue(hostile.succeeded(), "it goes through");
        for (uint256 i = 250; i < 310; ++i) {
            vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "once each");
        }
    }

    function test_TheOtherTrancheFromWithinIsAClaimLikeAnyOther() public {
        _reentrant(LEAVES);
        _accept(grants[0]);
        ReentrantToken hostile = _reenter(
            abi.encodeCall(airdrop.claimReserve, (accounts[0], _grant(0), _grantProof(0)))
        );
        _claim(0);
        vm.assertTrue(hostile.succeeded(), "it goes through");
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0] + _grant(0), "once each");
    }

    function test_TheTokenCannotActForTheOwner() public {
        _reentrant(LEAVES);
        vm.warp(SWEEP_TIME);
        ReentrantToken hostile = _reenter(abi.encodeCall(airdrop.sweep, ()));
        _claim(0);
        vm.assertEq(hostile.calls(), 1, "it was tried");
        vm.assertFalse(hostile.succeeded(), "and refused");
    }

    function test_ARescuedTokenThatTriggersAClaimIsRefused() public {
        // A claim in the middle of a rescue lowers the balance that the rescue must leave alone.
        ReentrantToken stray = new ReentrantToken();
        stray.mint(address(airdrop), 1);
        stray.arm(address(airdrop), abi.encodeCall(airdrop.claim, (0, accounts[0], amounts[0], _proof(0))));
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.CannotRescueAirdropToken.selector, address(stray))
        );
        vm.prank(OWNER);
        airdrop.rescue(address(stray), ELSEWHERE, 1);
    }
}
