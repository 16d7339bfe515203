// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {DoorToken, FalseToken, PlainToken, SilentToken} from "./support/Tokens.sol";

contract OwnerTest is AirdropTest {
    function _expectStranger() private {
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", STRANGER));
        vm.prank(STRANGER);
    }

    // ---- sweep ----

    function test_OwnerSweepsAllThatIsLeftFromTheSweepTimeOn() public {
        _claim(0);
        uint256 left = total + CAP - amounts[0];
        vm.warp(SWEEP_TIME);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Swept(OWNER, left);
        vm.prank(OWNER);
        airdrop.sweep();
        vm.assertEq(token.balanceOf(OWNER), left, "swept");
        vm.assertEq(token.balanceOf(address(airdrop)), 0, "left");
    }

    function test_RevertWhen_SweptOneSecondEarly() public {
        vm.warp(SWEEP_TIME - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.SweepTooEarly.selector, SWEEP_TIME, SWEEP_TIME - 1)
        );
        vm.prank(OWNER);
        airdrop.sweep();
    }

    function test_RevertWhen_AStrangerSweeps() public {
        vm.warp(SWEEP_TIME);
        _expectStranger();
        airdrop.sweep();
    }

    function test_RevertWhen_ClaimedAfterTheSweep() public {
        vm.warp(SWEEP_TIME);
        vm.prank(OWNER);
        airdrop.sweep();
        bytes32[] memory proof = _proof(0);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientBalance(address,uint256,uint256)",
                address(airdrop),
                0,
                amounts[0]
            )
        );
        airdrop.claim(0, accounts[0], amounts[0], proof);
        vm.assertFalse(airdrop.isClaimed(0), "not claimed");
        // Whoever funds the contract again can be claimed from.
        token.mint(address(airdrop), amounts[0]);
        _claim(0);
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0], "paid");
    }

    // ---- rescue ----

    function test_OwnerReturnsAnotherToken() public {
        PlainToken stray = new PlainToken();
        stray.mint(address(airdrop), 7);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Rescued(address(stray), ELSEWHERE, 5);
        vm.prank(OWNER);
        airdrop.rescue(address(stray), ELSEWHERE, 5);
        vm.assertEq(stray.balanceOf(ELSEWHERE), 5, "returned");
        vm.assertEq(stray.balanceOf(address(airdrop)), 2, "kept");
    }

    function test_OwnerReturnsATokenThatAnswersNothing() public {
        SilentToken stray = new SilentToken();
        stray.mint(address(airdrop), 7);
        vm.prank(OWNER);
        airdrop.rescue(address(stray), ELSEWHERE, 7);
        vm.assertEq(stray.balanceOf(ELSEWHERE), 7, "returned");
    }

    function test_RevertWhen_ARescueFails() public {
        FalseToken stray = new FalseToken();
        vm.expectRevert(abi.encodeWithSignature("SafeERC20FailedOperation(address)", address(stray)));
        vm.prank(OWNER);
        airdrop.rescue(address(stray), ELSEWHERE, 7);
    }

    function test_RevertWhen_TheAirdropsTokenIsRescuedEvenAfterTheSweepTime() public {
        vm.warp(SWEEP_TIME);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.CannotRescueAirdropToken.selector, address(token))
        );
        vm.prank(OWNER);
        airdrop.rescue(address(token), OWNER, 1);
    }

    function test_RevertWhen_NothingOfTheAirdropsTokenIsRescued() public {
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.CannotRescueAirdropToken.selector, address(token))
        );
        vm.prank(OWNER);
        airdrop.rescue(address(token), OWNER, 0);
    }

    function test_RevertWhen_AnotherDoorToTheAirdropsTokenIsRescued() public {
        DoorToken door = new DoorToken(token, address(airdrop));
        vm.prank(address(airdrop));
        token.approve(address(door), 1);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.CannotRescueAirdropToken.selector, address(door))
        );
        vm.prank(OWNER);
        airdrop.rescue(address(door), OWNER, 1);
    }

    function test_RevertWhen_AStrangerRescues() public {
        PlainToken stray = new PlainToken();
        stray.mint(address(airdrop), 7);
        _expectStranger();
        airdrop.rescue(address(stray), STRANGER, 7);
    }

    // ---- proofs ----

    function test_OwnerPublishesProofsOfEachKnownRoot() public {
        _accept(grants[0]);
        vm.startPrank(OWNER);
        airdrop.submitReserveRoot(tree[1], URI);
        bytes32[3] memory roots = [tree[0], grants[0], tree[1]];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectEmit(address(airdrop));
            emit IMerkleAirdrop.ProofsPublished(roots[i], "ipfs://bafynew");
            airdrop.publishProofs(roots[i], "ipfs://bafynew");
        }
        vm.stopPrank();
    }

    function test_RevertWhen_ProofsOfAnUnknownRootArePublished() public {
        bytes32[2] memory roots = [bytes32(0), tree[1]];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.UnknownRoot.selector, roots[i]));
            vm.prank(OWNER);
            airdrop.publishProofs(roots[i], URI);
        }
    }

    function test_RevertWhen_AStrangerPublishes() public {
        _expectStranger();
        airdrop.publishProofs(tree[0], URI);
    }

    // ---- ownership ----

    function test_OwnershipMovesInTwoSteps() public {
        vm.prank(OWNER);
        airdrop.transferOwnership(ELSEWHERE);
        vm.assertEq(airdrop.owner(), OWNER, "still");
        vm.assertEq(airdrop.pendingOwner(), ELSEWHERE, "pending");
        vm.prank(ELSEWHERE);
        airdrop.acceptOwnership();
        vm.assertEq(airdrop.owner(), ELSEWHERE, "moved");
        vm.warp(SWEEP_TIME);
        vm.prank(ELSEWHERE);
        airdrop.sweep();
        vm.assertEq(token.balanceOf(ELSEWHERE), total + CAP, "swept to the new owner");
    }

    function test_RevertWhen_OwnershipIsTakenOrGivenByAStranger() public {
        _expectStranger();
        airdrop.acceptOwnership();
        _expectStranger();
        airdrop.transferOwnership(STRANGER);
    }

    function test_RevertWhen_OwnershipIsGivenUp() public {
        address[2] memory callers = [OWNER, STRANGER];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(IMerkleAirdrop.RenouncingDisabled.selector);
            vm.prank(callers[i]);
            airdrop.renounceOwnership();
        }
        vm.assertEq(airdrop.owner(), OWNER, "still");
    }

    // ---- several calls at once ----

    function test_OneTransactionClaimsFromBothTranches() public {
        _accept(grants[0]);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(airdrop.claimTo, (0, ELSEWHERE, amounts[0], _proof(0)));
        calls[1] = abi.encodeCall(airdrop.claimReserveTo, (ELSEWHERE, _grant(0), _grantProof(0)));
        vm.prank(accounts[0]);
        airdrop.multicall(calls);
        vm.assertEq(token.balanceOf(ELSEWHERE), amounts[0] + _grant(0), "both");
    }

    function test_RevertWhen_OneOfSeveralCallsFails() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(airdrop.claim, (0, accounts[0], amounts[0], _proof(0)));
        calls[1] = calls[0];
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.AlreadyClaimed.selector, 0));
        airdrop.multicall(calls);
        vm.assertFalse(airdrop.isClaimed(0), "nothing happened");
    }

    function test_RevertWhen_AStrangerHidesAnOwnersCallAmongSeveral() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(airdrop.submitReserveRoot, (grants[0], URI));
        _expectStranger();
        airdrop.multicall(calls);
    }
}
