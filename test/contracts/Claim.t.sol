// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {Airdrop} from "./support/Airdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {Trees} from "./support/Trees.sol";

contract ClaimTest is AirdropTest {
    function test_AnyoneClaimsAndTheAccountIsPaid() public {
        for (uint256 i = 0; i < LEAVES; ++i) {
            vm.assertFalse(airdrop.isClaimed(i), "claimed before");
            bytes32[] memory proof = _proof(i);
            vm.expectEmit(address(airdrop));
            emit IMerkleAirdrop.Claimed(i, accounts[i], amounts[i]);
            vm.prank(STRANGER);
            airdrop.claim(i, accounts[i], amounts[i], proof);
            vm.assertTrue(airdrop.isClaimed(i), "not claimed after");
            vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "paid");
        }
        vm.assertEq(token.balanceOf(address(airdrop)), CAP, "left");
    }

    function test_ClaimEmitsExactlyOneEvent() public {
        vm.recordLogs();
        _claim(3);
        vm.assertEq(vm.getRecordedLogs().length, 2, "Claimed and the token's Transfer");
    }

    function test_OneClaimMarksNoOtherIndex() public {
        _claim(5);
        for (uint256 i = 0; i < 600; ++i) vm.assertTrue(airdrop.isClaimed(i) == (i == 5), "others untouched");
    }

    function test_EachBitOfEachWordStandsForItself() public {
        _enlist(600);
        airdrop = _deploy(_parameters(address(token)));
        token.mint(address(airdrop), total);
        uint256[7] memory indexes = [uint256(0), 1, 255, 256, 257, 511, 512];
        for (uint256 i = 0; i < indexes.length; ++i) {
            vm.assertFalse(airdrop.isClaimed(indexes[i]), "claimed before");
            _claim(indexes[i]);
            vm.assertTrue(airdrop.isClaimed(indexes[i]), "not claimed after");
        }
        for (uint256 i = 2; i < 255; ++i) vm.assertFalse(airdrop.isClaimed(i), "in between");
    }

    function test_TreeOfOneLeafHasAnEmptyProof() public {
        _enlist(1);
        airdrop = _deploy(_parameters(address(token)));
        token.mint(address(airdrop), total);
        airdrop.claim(0, accounts[0], amounts[0], new bytes32[](0));
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0], "paid");
    }

    function test_RevertWhen_ClaimedBefore() public {
        _claim(2);
        bytes32[] memory proof = _proof(2);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.AlreadyClaimed.selector, 2));
        airdrop.claim(2, accounts[2], amounts[2], proof);
    }

    function test_RevertWhen_ProofIsOfAnotherLeaf() public {
        bytes32[] memory proof = _proof(3);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.InvalidProof.selector, 2, accounts[2], amounts[2])
        );
        airdrop.claim(2, accounts[2], amounts[2], proof);
    }

    function test_RevertWhen_FundsAreMissing() public {
        Airdrop poor = _deploy(_parameters(address(token)));
        bytes32[] memory proof = _proof(0);
        vm.expectRevert(
            abi.encodeWithSignature(
                "ERC20InsufficientBalance(address,uint256,uint256)",
                address(poor),
                0,
                amounts[0]
            )
        );
        poor.claim(0, accounts[0], amounts[0], proof);
        vm.assertFalse(poor.isClaimed(0), "a failed claim leaves no mark");
    }

    function test_ClaimsGoOnAfterTheSweepTimeUntilSomebodySweeps() public {
        vm.warp(SWEEP_TIME + 1);
        _claim(0);
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0], "paid");
    }

    function test_AmountAndIndexOfAnySizeCanBeInALeaf() public {
        uint256 index = type(uint256).max;
        uint256 amount = type(uint256).max;
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.automaticRoot = Trees.automaticLeaf(index, accounts[0], amount);
        Airdrop own = _deploy(parameters);
        vm.expectRevert();
        own.claim(index, accounts[0], amount, new bytes32[](0));
        vm.assertFalse(own.isClaimed(index), "not funded, not claimed");
    }

    function testFuzz_RevertWhen_AnythingIsMutated(uint256 i, uint256 field, uint256 mutation) public {
        i = _bound(i, 0, LEAVES - 1);
        vm.assume(mutation != 0);
        (uint256 index, address account, uint256 amount) = (i, accounts[i], amounts[i]);
        bytes32[] memory proof = _proof(i);
        field = _bound(field, 0, 3);
        if (field == 0) index ^= mutation;
        else if (field == 1) {
            vm.assume(uint160(mutation) != 0);
            account = address(uint160(account) ^ uint160(mutation));
        } else if (field == 2) amount ^= mutation;
        else proof[mutation % proof.length] ^= bytes32(mutation);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidProof.selector, index, account, amount));
        airdrop.claim(index, account, amount, proof);
    }

    function testFuzz_RevertWhen_ProofIsLongerOrShorter(uint256 i, uint256 length, bytes32 filling) public {
        i = _bound(i, 0, LEAVES - 1);
        bytes32[] memory right = _proof(i);
        length = _bound(length, 0, 12);
        vm.assume(length != right.length);
        bytes32[] memory proof = new bytes32[](length);
        for (uint256 k = 0; k < length; ++k) proof[k] = k < right.length ? right[k] : filling;
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.InvalidProof.selector, i, accounts[i], amounts[i])
        );
        airdrop.claim(i, accounts[i], amounts[i], proof);
    }

    function test_RevertWhen_AnInnerNodeIsPassedForALeaf() public {
        // 64 bytes of an inner node against the 96 of a leaf, hashed once against twice: no values fit.
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = tree[1];
        vm.expectPartialRevert(IMerkleAirdrop.InvalidProof.selector);
        airdrop.claim(uint256(tree[5]), address(uint160(uint256(tree[6]))), 0, proof);
    }
}
