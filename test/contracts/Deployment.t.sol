// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";

contract DeploymentTest is AirdropTest {
    function test_ParametersCanBeReadBack() public view {
        vm.assertEq(address(airdrop.TOKEN()), address(token), "token");
        vm.assertEq(airdrop.AUTOMATIC_ROOT(), tree[0], "root");
        vm.assertEq(airdrop.LEAF_COUNT(), LEAVES, "leaves");
        vm.assertEq(airdrop.RESERVE_CAP(), CAP, "cap");
        vm.assertEq(airdrop.RESERVE_DELAY(), DELAY, "delay");
        vm.assertEq(airdrop.SWEEP_TIME(), SWEEP_TIME, "sweep time");
        vm.assertEq(airdrop.owner(), OWNER, "owner");
        vm.assertEq(airdrop.reserveRoot(), 0, "no reserve root");
        vm.assertEq(airdrop.reservePaid(), 0, "nothing paid");
    }

    function test_DeploymentAnnouncesWhereTheProofsAre() public {
        vm.expectEmit();
        emit IMerkleAirdrop.ProofsPublished(tree[0], URI);
        _deploy(_parameters(address(token)));
    }

    function test_RevertWhen_TokenHasNoCode() public {
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.TokenHasNoCode.selector, STRANGER));
        _deploy(_parameters(STRANGER));
    }

    function test_RevertWhen_RootIsZero() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.automaticRoot = 0;
        vm.expectRevert(IMerkleAirdrop.ZeroRoot.selector);
        _deploy(parameters);
    }

    function test_RevertWhen_ThereIsNoLeaf() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.leafCount = 0;
        vm.expectRevert(IMerkleAirdrop.ZeroLeafCount.selector);
        _deploy(parameters);
    }

    function test_RevertWhen_SweepTimeIsNotInTheFuture() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        for (uint256 ago = 0; ago < 2; ++ago) {
            parameters.sweepTime = START - ago;
            vm.expectRevert(
                abi.encodeWithSelector(IMerkleAirdrop.SweepTimeNotInFuture.selector, START - ago, START)
            );
            _deploy(parameters);
        }
        parameters.sweepTime = START + 1;
        _deploy(parameters);
    }

    function test_RevertWhen_OwnerIsZero() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.owner = address(0);
        vm.expectRevert(abi.encodeWithSignature("OwnableInvalidOwner(address)", address(0)));
        _deploy(parameters);
    }
}
