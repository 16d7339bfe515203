// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {Trees} from "./support/Trees.sol";

contract ReserveTest is AirdropTest {
    function _claimSigned(uint256 i, bytes memory signature, uint256 deadline, address to) private {
        airdrop.claimReserveWithSignature(accounts[i], to, _grant(i), deadline, signature, _grantProof(i));
    }

    // ---- claims ----

    function test_AnyoneClaimsAndTheAccountIsPaid() public {
        _accept(grants[0]);
        for (uint256 i = 0; i < 4; ++i) {
            bytes32[] memory proof = _grantProof(i);
            vm.expectEmit(address(airdrop));
            emit IMerkleAirdrop.ReserveClaimed(accounts[i], _grant(i), _grant(i));
            vm.prank(STRANGER);
            airdrop.claimReserve(accounts[i], _grant(i), proof);
            vm.assertEq(token.balanceOf(accounts[i]), _grant(i), "paid");
            vm.assertEq(airdrop.reserveClaimed(accounts[i]), _grant(i), "recorded");
        }
        vm.assertEq(airdrop.reservePaid(), 1000e9, "in all");
    }

    function test_ALaterRootPaysOnlyTheDifference() public {
        _accept(grants[0]);
        _claimReserve(0);
        bytes32 later = Trees.reserveLeaf(accounts[0], 250e9);
        _accept(later);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveClaimed(accounts[0], 150e9, 250e9);
        airdrop.claimReserve(accounts[0], 250e9, new bytes32[](0));
        vm.assertEq(token.balanceOf(accounts[0]), 250e9, "cumulative");
        vm.assertEq(airdrop.reserveClaimed(accounts[0]), 250e9, "recorded");
        vm.assertEq(airdrop.reservePaid(), 250e9, "in all");
    }

    function test_ClaimEmitsExactlyOneEvent() public {
        _accept(grants[0]);
        vm.recordLogs();
        _claimReserve(0);
        vm.assertEq(vm.getRecordedLogs().length, 2, "ReserveClaimed and the token's Transfer");
    }

    function test_AccountSendsItsGrantElsewhere() public {
        _accept(grants[0]);
        bytes32[] memory proof = _grantProof(1);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveClaimed(accounts[1], _grant(1), _grant(1));
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Redirected(accounts[1], ELSEWHERE);
        vm.prank(accounts[1]);
        airdrop.claimReserveTo(ELSEWHERE, _grant(1), proof);
        vm.assertEq(token.balanceOf(ELSEWHERE), _grant(1), "paid elsewhere");
        vm.assertEq(airdrop.reserveClaimed(accounts[1]), _grant(1), "recorded for the account");
        vm.assertEq(airdrop.reserveClaimed(ELSEWHERE), 0, "not for the recipient");
    }

    function test_AnyoneSubmitsWhatTheAccountSigned() public {
        _accept(grants[0]);
        uint256 deadline = block.timestamp;
        bytes memory signature = _sign(2, _reserveDigest(2, ELSEWHERE, deadline));
        bytes32[] memory proof = _grantProof(2);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveClaimed(accounts[2], _grant(2), _grant(2));
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Redirected(accounts[2], ELSEWHERE);
        vm.prank(STRANGER);
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline, signature, proof);
        vm.assertEq(token.balanceOf(ELSEWHERE), _grant(2), "paid elsewhere");
    }

    function test_RevertWhen_NothingIsNew() public {
        _accept(grants[0]);
        _claimReserve(0);
        bytes32[] memory proof = _grantProof(0);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.NothingToClaim.selector, accounts[0], _grant(0), _grant(0))
        );
        airdrop.claimReserve(accounts[0], _grant(0), proof);
    }

    function test_RevertWhen_ALaterRootGrantsLessThanWasPaid() public {
        _accept(grants[0]);
        _claimReserve(0);
        _accept(Trees.reserveLeaf(accounts[0], 1e9));
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.NothingToClaim.selector, accounts[0], 1e9, _grant(0))
        );
        airdrop.claimReserve(accounts[0], 1e9, new bytes32[](0));
    }

    function test_RevertWhen_GrantIsZero() public {
        _accept(Trees.reserveLeaf(accounts[0], 0));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.NothingToClaim.selector, accounts[0], 0, 0));
        airdrop.claimReserve(accounts[0], 0, new bytes32[](0));
    }

    function test_RevertWhen_CallerIsNotTheAccount() public {
        _accept(grants[0]);
        bytes32[] memory proof = _grantProof(1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMerkleAirdrop.InvalidReserveProof.selector,
                grants[0],
                STRANGER,
                _grant(1)
            )
        );
        vm.prank(STRANGER);
        airdrop.claimReserveTo(STRANGER, _grant(1), proof);
    }

    function test_RevertWhen_TokensWouldBeLost() public {
        _accept(grants[0]);
        address[3] memory lost = [address(0), address(airdrop), address(token)];
        bytes32[] memory proof = _grantProof(1);
        for (uint256 i = 0; i < lost.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidRecipient.selector, lost[i]));
            vm.prank(accounts[1]);
            airdrop.claimReserveTo(lost[i], _grant(1), proof);
            bytes memory signature = _sign(1, _reserveDigest(1, lost[i], block.timestamp));
            vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidRecipient.selector, lost[i]));
            airdrop.claimReserveWithSignature(
                accounts[1],
                lost[i],
                _grant(1),
                block.timestamp,
                signature,
                proof
            );
        }
    }

    function test_RevertWhen_NoRootIsAccepted() public {
        bytes32[] memory proof = _grantProof(0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMerkleAirdrop.InvalidReserveProof.selector,
                bytes32(0),
                accounts[0],
                _grant(0)
            )
        );
        airdrop.claimReserve(accounts[0], _grant(0), proof);
    }

    function test_RevertWhen_RootIsOnlyPending() public {
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        bytes32[] memory proof = _grantProof(0);
        vm.expectPartialRevert(IMerkleAirdrop.InvalidReserveProof.selector);
        airdrop.claimReserve(accounts[0], _grant(0), proof);
    }

    function test_RevertWhen_ProofIsOfAReplacedRoot() public {
        _accept(grants[0]);
        _accept(Trees.reserveLeaf(accounts[0], 1e9));
        bytes32[] memory proof = _grantProof(1);
        vm.expectPartialRevert(IMerkleAirdrop.InvalidReserveProof.selector);
        airdrop.claimReserve(accounts[1], _grant(1), proof);
    }

    function testFuzz_RevertWhen_AnythingIsMutated(uint256 i, uint256 field, uint256 mutation) public {
        _accept(grants[0]);
        i = _bound(i, 0, 3);
        field = _bound(field, 0, 2);
        vm.assume(mutation != 0 && uint160(mutation) != 0);
        (address account, uint256 amount) = (accounts[i], _grant(i));
        bytes32[] memory proof = _grantProof(i);
        if (field == 0) account = address(uint160(account) ^ uint160(mutation));
        else if (field == 1) amount ^= mutation;
        else proof[mutation % proof.length] ^= bytes32(mutation);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.InvalidReserveProof.selector, grants[0], account, amount)
        );
        airdrop.claimReserve(account, amount, proof);
    }

    // ---- signatures ----

    function test_RevertWhen_SignatureIsReplayed() public {
        _accept(grants[0]);
        uint256 deadline = block.timestamp + 30 days;
        bytes memory signature = _sign(2, _reserveDigest(2, ELSEWHERE, deadline));
        _claimSigned(2, signature, deadline, ELSEWHERE);
        bytes32[] memory proof = _grantProof(2);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.NothingToClaim.selector, accounts[2], _grant(2), _grant(2))
        );
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline, signature, proof);
    }

    function test_RevertWhen_ASpentSignatureIsReplayedUnderALaterRoot() public {
        _accept(grants[0]);
        uint256 deadline = block.timestamp + 30 days;
        bytes memory signature = _sign(2, _reserveDigest(2, ELSEWHERE, deadline));
        _claimSigned(2, signature, deadline, ELSEWHERE);
        // More is granted: the old signature covers neither the new amount nor the difference.
        uint256 more = _grant(2) + 5e9;
        _accept(Trees.reserveLeaf(accounts[2], more));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, accounts[2]));
        airdrop.claimReserveWithSignature(
            accounts[2],
            ELSEWHERE,
            more,
            deadline,
            signature,
            new bytes32[](0)
        );
        vm.expectPartialRevert(IMerkleAirdrop.InvalidReserveProof.selector);
        airdrop.claimReserveWithSignature(
            accounts[2],
            ELSEWHERE,
            _grant(2),
            deadline,
            signature,
            new bytes32[](0)
        );
        // Even when the old root comes back.
        _accept(grants[0]);
        bytes32[] memory proof = _grantProof(2);
        vm.expectPartialRevert(IMerkleAirdrop.NothingToClaim.selector);
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline, signature, proof);
    }

    function test_RevertWhen_AnythingSignedDiffers() public {
        _accept(grants[0]);
        uint256 deadline = block.timestamp;
        bytes32[] memory proof = _grantProof(2);
        bytes memory error_ = abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, accounts[2]);
        bytes memory right = _sign(2, _reserveDigest(2, ELSEWHERE, deadline));
        vm.expectRevert(error_);
        airdrop.claimReserveWithSignature(accounts[2], STRANGER, _grant(2), deadline, right, proof);
        vm.expectRevert(error_);
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2) + 1, deadline, right, proof);
        vm.expectRevert(error_);
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline + 1, right, proof);
        bytes memory other = _sign(3, _reserveDigest(2, ELSEWHERE, deadline));
        vm.expectRevert(error_);
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline, other, proof);
        vm.chainId(1);
        vm.expectRevert(error_);
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline, right, proof);
    }

    function test_RevertWhen_SignatureIsExpired() public {
        _accept(grants[0]);
        uint256 deadline = block.timestamp - 1;
        bytes memory signature = _sign(2, _reserveDigest(2, ELSEWHERE, deadline));
        bytes32[] memory proof = _grantProof(2);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.SignatureExpired.selector, deadline, block.timestamp)
        );
        airdrop.claimReserveWithSignature(accounts[2], ELSEWHERE, _grant(2), deadline, signature, proof);
    }

    // ---- cap ----

    function test_TheCapCanBePaidExactly() public {
        _accept(Trees.reserveLeaf(ELSEWHERE, CAP));
        airdrop.claimReserve(ELSEWHERE, CAP, new bytes32[](0));
        vm.assertEq(airdrop.reservePaid(), CAP, "all of it");
        vm.assertEq(token.balanceOf(address(airdrop)), total, "automatic tranche untouched");
    }

    function test_RevertWhen_AboveTheCap() public {
        _accept(Trees.reserveLeaf(ELSEWHERE, CAP + 1));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.ReserveCapExceeded.selector, CAP + 1, 0, CAP));
        airdrop.claimReserve(ELSEWHERE, CAP + 1, new bytes32[](0));
    }

    function test_RevertWhen_TheSumIsAboveTheCap() public {
        _accept(Trees.reserveLeaf(ELSEWHERE, CAP - 1));
        airdrop.claimReserve(ELSEWHERE, CAP - 1, new bytes32[](0));
        _accept(Trees.reserveLeaf(STRANGER, 2));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.ReserveCapExceeded.selector, 2, CAP - 1, CAP));
        airdrop.claimReserve(STRANGER, 2, new bytes32[](0));
        _accept(Trees.reserveLeaf(STRANGER, 1));
        airdrop.claimReserve(STRANGER, 1, new bytes32[](0));
        vm.assertEq(airdrop.reservePaid(), CAP, "the last unit");
    }

    function test_RevertWhen_TheSumWouldOverflow() public {
        _accept(grants[0]);
        _claimReserve(0);
        uint256 most = type(uint256).max;
        _accept(Trees.reserveLeaf(STRANGER, most));
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.ReserveCapExceeded.selector, most, _grant(0), CAP)
        );
        airdrop.claimReserve(STRANGER, most, new bytes32[](0));
    }

    function testFuzz_AnySequenceOfGrantsStaysWithinTheCap(uint256[8] calldata grants_) public {
        uint256 paid = 0;
        for (uint256 i = 0; i < grants_.length; ++i) {
            uint256 amount = _bound(grants_[i], 1, (CAP * 3) / 8);
            address account = accounts[i % 3];
            uint256 cumulative = airdrop.reserveClaimed(account) + amount;
            _accept(Trees.reserveLeaf(account, cumulative));
            if (paid + amount > CAP) {
                vm.expectPartialRevert(IMerkleAirdrop.ReserveCapExceeded.selector);
            } else {
                paid += amount;
            }
            airdrop.claimReserve(account, cumulative, new bytes32[](0));
            vm.assertEq(airdrop.reservePaid(), paid, "the running total");
        }
        vm.assertEq(token.balanceOf(address(airdrop)), total + CAP - paid, "nothing else moved");
    }

    // ---- roots ----

    function test_ARootIsSubmittedThenAcceptedByAnyone() public {
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveRootSubmitted(grants[0], START + DELAY, URI);
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        (bytes32 pending, uint256 acceptableAt) = airdrop.pendingReserveRoot();
        vm.assertEq(pending, grants[0], "pending");
        vm.assertEq(acceptableAt, START + DELAY, "acceptable at");
        vm.assertEq(airdrop.reserveRoot(), 0, "not in force yet");

        vm.warp(START + DELAY);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveRootAccepted(grants[0]);
        vm.prank(STRANGER);
        airdrop.acceptReserveRoot(grants[0]);
        vm.assertEq(airdrop.reserveRoot(), grants[0], "in force");
        (pending, acceptableAt) = airdrop.pendingReserveRoot();
        vm.assertEq(pending, 0, "none pending");
        vm.assertEq(acceptableAt, 0, "no time");
    }

    function test_WithoutADelayARootCanBeAcceptedAtOnce() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.reserveDelay = 0;
        airdrop = _deploy(parameters);
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        airdrop.acceptReserveRoot(grants[0]);
        vm.assertEq(airdrop.reserveRoot(), grants[0], "in force");
    }

    function test_RevertWhen_AcceptedOneSecondEarly() public {
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.warp(START + DELAY - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMerkleAirdrop.ReserveRootNotAcceptable.selector,
                START + DELAY,
                START + DELAY - 1
            )
        );
        airdrop.acceptReserveRoot(grants[0]);
    }

    function test_RevertWhen_AnotherRootThanThePendingOneIsNamed() public {
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.warp(START + DELAY);
        bytes memory error_ = abi.encodeWithSelector(
            IMerkleAirdrop.ReserveRootNotPending.selector,
            tree[0],
            grants[0]
        );
        vm.expectRevert(error_);
        airdrop.acceptReserveRoot(tree[0]);
        vm.expectRevert(error_);
        vm.prank(OWNER);
        airdrop.revokeReserveRoot(tree[0]);
    }

    function test_RevertWhen_NoRootIsPending() public {
        bytes32[2] memory roots = [bytes32(0), grants[0]];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory error_ = abi.encodeWithSelector(
                IMerkleAirdrop.ReserveRootNotPending.selector,
                roots[i],
                bytes32(0)
            );
            vm.expectRevert(error_);
            airdrop.acceptReserveRoot(roots[i]);
            vm.expectRevert(error_);
            vm.prank(OWNER);
            airdrop.revokeReserveRoot(roots[i]);
        }
    }

    function test_RevertWhen_AnAcceptedRootIsAcceptedAgain() public {
        _accept(grants[0]);
        vm.expectPartialRevert(IMerkleAirdrop.ReserveRootNotPending.selector);
        airdrop.acceptReserveRoot(grants[0]);
    }

    function test_OwnerRevokesAPendingRoot() public {
        vm.startPrank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveRootRevoked(grants[0]);
        airdrop.revokeReserveRoot(grants[0]);
        vm.stopPrank();
        (bytes32 pending, uint256 acceptableAt) = airdrop.pendingReserveRoot();
        vm.assertEq(pending, 0, "none pending");
        vm.assertEq(acceptableAt, 0, "no time");
        vm.warp(START + DELAY);
        vm.expectPartialRevert(IMerkleAirdrop.ReserveRootNotPending.selector);
        airdrop.acceptReserveRoot(grants[0]);
    }

    function test_ANewSubmissionReplacesThePendingOneAndStartsTheDelayAgain() public {
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.warp(START + DELAY - 1);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveRootRevoked(grants[0]);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ReserveRootSubmitted(tree[0], START + 2 * DELAY - 1, URI);
        vm.prank(OWNER);
        airdrop.submitReserveRoot(tree[0], URI);
        vm.warp(START + DELAY);
        vm.expectPartialRevert(IMerkleAirdrop.ReserveRootNotPending.selector);
        airdrop.acceptReserveRoot(grants[0]);
        vm.expectPartialRevert(IMerkleAirdrop.ReserveRootNotAcceptable.selector);
        airdrop.acceptReserveRoot(tree[0]);
    }

    function test_AFirstSubmissionRevokesNothing() public {
        vm.recordLogs();
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.assertEq(vm.getRecordedLogs().length, 1, "submitted only");
    }

    function test_RevertWhen_ZeroRootIsSubmitted() public {
        vm.expectRevert(IMerkleAirdrop.ZeroRoot.selector);
        vm.prank(OWNER);
        airdrop.submitReserveRoot(0, URI);
    }

    function test_RevertWhen_AStrangerSubmitsOrRevokes() public {
        bytes memory error_ = abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", STRANGER);
        vm.startPrank(STRANGER);
        vm.expectRevert(error_);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.stopPrank();
        vm.prank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        vm.expectRevert(error_);
        vm.prank(STRANGER);
        airdrop.revokeReserveRoot(grants[0]);
    }
}
