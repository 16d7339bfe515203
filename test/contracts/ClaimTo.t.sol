// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";

contract ClaimToTest is AirdropTest {
    function test_AccountSendsItsAmountElsewhere() public {
        bytes32[] memory proof = _proof(1);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Claimed(1, accounts[1], amounts[1]);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Redirected(accounts[1], ELSEWHERE);
        vm.prank(accounts[1]);
        airdrop.claimTo(1, ELSEWHERE, amounts[1], proof);
        vm.assertEq(token.balanceOf(ELSEWHERE), amounts[1], "paid elsewhere");
        vm.assertEq(token.balanceOf(accounts[1]), 0, "not to the account");
        vm.assertTrue(airdrop.isClaimed(1), "claimed");
    }

    function test_ToItselfIsNoRedirection() public {
        bytes32[] memory proof = _proof(1);
        vm.recordLogs();
        vm.prank(accounts[1]);
        airdrop.claimTo(1, accounts[1], amounts[1], proof);
        vm.assertEq(vm.getRecordedLogs().length, 2, "Claimed and the token's Transfer");
        vm.assertEq(token.balanceOf(accounts[1]), amounts[1], "paid");
    }

    function test_RevertWhen_CallerIsNotTheAccount() public {
        bytes32[] memory proof = _proof(1);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.InvalidProof.selector, 1, STRANGER, amounts[1])
        );
        vm.prank(STRANGER);
        airdrop.claimTo(1, STRANGER, amounts[1], proof);
    }

    function test_RevertWhen_ClaimedBefore() public {
        _claim(1);
        bytes32[] memory proof = _proof(1);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.AlreadyClaimed.selector, 1));
        vm.prank(accounts[1]);
        airdrop.claimTo(1, ELSEWHERE, amounts[1], proof);
    }

    function test_RevertWhen_TokensWouldBeLost() public {
        bytes32[] memory proof = _proof(1);
        address[3] memory lost = [address(0), address(airdrop), address(token)];
        for (uint256 i = 0; i < lost.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidRecipient.selector, lost[i]));
            vm.prank(accounts[1]);
            airdrop.claimTo(1, lost[i], amounts[1], proof);
        }
    }
}
