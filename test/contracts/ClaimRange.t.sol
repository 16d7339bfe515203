// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {Trees} from "./support/Trees.sol";

contract ClaimRangeTest is AirdropTest {
    function _deployFor(uint256 count) private {
        _enlist(count);
        airdrop = _deploy(_parameters(address(token)));
        token.mint(address(airdrop), total);
    }

    function _expectInvalid(uint256 start, uint256 length) private {
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidRangeProof.selector, start, length));
    }

    function test_EveryRangeOfEverySmallTreePays() public {
        for (uint256 n = 1; n <= 9; ++n) {
            _enlist(n);
            uint256 deep = Trees.deepLeaves(n);
            for (uint256 start = 0; start < n; ++start) {
                uint256 levelEnd = start < deep ? deep : n;
                for (uint256 count = 1; start + count <= levelEnd; ++count) {
                    airdrop = _deploy(_parameters(address(token)));
                    token.mint(address(airdrop), total);
                    _claimRange(start, count);
                    for (uint256 i = 0; i < n; ++i) {
                        bool inside = i >= start && i < start + count;
                        vm.assertTrue(airdrop.isClaimed(i) == inside, "claimed exactly inside");
                    }
                }
            }
        }
    }

    function test_EachRecipientIsPaidItsOwnAmountWithOneEvent() public {
        uint256[] memory entries = _entries(1, 4);
        bytes32[] memory proof = _rangeProof(1, 4);
        for (uint256 i = 1; i < 5; ++i) {
            vm.expectEmit(address(airdrop));
            emit IMerkleAirdrop.Claimed(i, accounts[i], amounts[i]);
        }
        vm.prank(STRANGER);
        airdrop.claimRange(1, entries, proof);
        for (uint256 i = 1; i < 5; ++i) vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "paid");
        vm.assertEq(token.balanceOf(address(airdrop)), total + CAP - 4 * 1e9 - 10e9 - 10, "left");
    }

    function test_WordBoundariesInsideARangeAreCrossed() public {
        _deployFor(600);
        uint256 deep = Trees.deepLeaves(600);
        vm.assertEq(deep, 176, "level boundary");
        _claimRange(deep, 600 - deep);
        for (uint256 i = 0; i < 600; ++i) {
            vm.assertTrue(airdrop.isClaimed(i) == (i >= deep), "claimed exactly inside");
            vm.assertEq(token.balanceOf(accounts[i]), i >= deep ? amounts[i] : 0, "paid exactly inside");
        }
    }

    function test_WholeWordsAtOnce() public {
        _deployFor(512);
        _claimRange(0, 512);
        for (uint256 i = 0; i < 512; ++i) vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "paid");
        vm.assertFalse(airdrop.isClaimed(512), "nothing beyond");
    }

    function test_RangesThatMeetTheWordBoundaryExactly() public {
        _deployFor(512);
        _claimRange(250, 6);
        vm.assertTrue(airdrop.isClaimed(255) && !airdrop.isClaimed(256), "ends with the word");
        _claimRange(256, 3);
        vm.assertTrue(airdrop.isClaimed(258) && !airdrop.isClaimed(259), "begins with the word");
        _claimRange(255, 2);
        vm.assertEq(token.balanceOf(accounts[255]), amounts[255], "once");
        vm.assertEq(token.balanceOf(accounts[256]), amounts[256], "once");
    }

    function test_SkipsWhatIsClaimedAndPaysTheRest() public {
        _claim(1);
        _claim(3);
        vm.recordLogs();
        _claimRange(0, 6);
        vm.assertEq(vm.getRecordedLogs().length, 8, "four claims, each with a Transfer");
        for (uint256 i = 0; i < 6; ++i) vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "once each");
    }

    function test_RepeatedRangePaysNothing() public {
        _claimRange(0, 6);
        vm.recordLogs();
        _claimRange(0, 6);
        _claimRange(2, 3);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        for (uint256 i = 0; i < 6; ++i) vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "once each");
    }

    function test_LeavesOtherBitsOfItsWordAlone() public {
        _claim(0);
        _claim(5);
        _claimRange(2, 2);
        for (uint256 i = 0; i < LEAVES; ++i) {
            vm.assertTrue(airdrop.isClaimed(i) == (i == 0 || i == 5 || i == 2 || i == 3), "bits");
        }
    }

    function test_LargestPackedAmountIsPaidInFull() public {
        uint256 amount = type(uint96).max;
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.automaticRoot = Trees.automaticLeaf(0, ELSEWHERE, amount);
        parameters.leafCount = 1;
        airdrop = _deploy(parameters);
        token.mint(address(airdrop), amount);
        uint256[] memory entries = new uint256[](1);
        entries[0] = (uint256(uint160(ELSEWHERE)) << 96) | amount;
        airdrop.claimRange(0, entries, new bytes32[](0));
        vm.assertEq(token.balanceOf(ELSEWHERE), amount, "paid");
    }

    /// @dev Every range of small trees under every small number of leaves, the right one and wrong ones.
    function test_WrongLeafCountRefusesRangesOrPaysThemRight() public {
        uint256 accepted;
        uint256 refused;
        for (uint256 n = 1; n <= 6; ++n) {
            _enlist(n);
            for (uint256 count = 1; count <= 12; ++count) {
                (uint256 paid, uint256 kept) = _tryRangesUnder(count);
                if (count == n) {
                    vm.assertEq(kept, 0, "the right number refuses no range");
                } else {
                    accepted += paid;
                    refused += kept;
                }
            }
        }
        vm.assertTrue(accepted > 0, "some ranges are accepted under a wrong number");
        vm.assertTrue(refused > accepted, "most are refused");
    }

    /// @dev Claims each range of the list's tree from a contract of its own, and then every leaf by itself.
    function _tryRangesUnder(uint256 leafCount) private returns (uint256 accepted, uint256 refused) {
        uint256 n = accounts.length;
        uint256 deep = Trees.deepLeaves(n);
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.leafCount = leafCount;
        for (uint256 start = 0; start < n; ++start) {
            uint256 levelEnd = start < deep ? deep : n;
            for (uint256 count = 1; start + count <= levelEnd; ++count) {
                airdrop = _deploy(parameters);
                token.mint(address(airdrop), total);
                uint256[] memory before = _balances();
                bool taken = _tryRange(start, count);
                if (taken) ++accepted;
                else ++refused;
                for (uint256 i = 0; i < n; ++i) {
                    bool inside = taken && i >= start && i < start + count;
                    vm.assertEq(
                        token.balanceOf(accounts[i]) - before[i],
                        inside ? amounts[i] : 0,
                        "right amounts"
                    );
                    vm.assertTrue(airdrop.isClaimed(i) == inside, "claimed as paid");
                }
                for (uint256 i = 0; i < n; ++i) if (!airdrop.isClaimed(i)) _claim(i);
                vm.assertEq(token.balanceOf(address(airdrop)), 0, "claims work under any number");
            }
        }
    }

    function _tryRange(uint256 start, uint256 count) private returns (bool) {
        try airdrop.claimRange(start, _entries(start, count), _rangeProof(start, count)) {
            return true;
        } catch {
            return false;
        }
    }

    function _balances() private view returns (uint256[] memory balances) {
        balances = new uint256[](accounts.length);
        for (uint256 i = 0; i < accounts.length; ++i) balances[i] = token.balanceOf(accounts[i]);
    }

    function test_RevertWhen_RangeIsEmpty() public {
        vm.expectRevert(IMerkleAirdrop.EmptyRange.selector);
        airdrop.claimRange(0, new uint256[](0), new bytes32[](0));
    }

    function test_RevertWhen_RangeEndsBeyondTheLastLeaf() public {
        uint256[] memory two = new uint256[](2);
        uint256[2] memory starts = [LEAVES - 1, LEAVES];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IMerkleAirdrop.RangeOutOfBounds.selector, starts[i], 2, LEAVES)
            );
            airdrop.claimRange(starts[i], two, new bytes32[](0));
        }
        uint256[] memory one = new uint256[](1);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.RangeOutOfBounds.selector, type(uint256).max, 1, LEAVES)
        );
        airdrop.claimRange(type(uint256).max, one, new bytes32[](0));
    }

    function test_RevertWhen_RangeCrossesTheLevels() public {
        uint256[] memory entries = _entries(5, 2);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.RangeCrossesLevels.selector, 5, 2));
        airdrop.claimRange(5, entries, new bytes32[](0));
        _claimRange(4, 2);
        _claimRange(6, 5);
    }

    function test_RevertWhen_ProofIsTooShortOrTooLong() public {
        uint256[] memory entries = _entries(1, 4);
        bytes32[] memory right = _rangeProof(1, 4);
        for (uint256 length = 0; length < right.length + 3; ++length) {
            if (length == right.length) continue;
            bytes32[] memory proof = new bytes32[](length);
            for (uint256 i = 0; i < length && i < right.length; ++i) proof[i] = right[i];
            _expectInvalid(1, 4);
            airdrop.claimRange(1, entries, proof);
        }
    }

    function test_RevertWhen_OneEntryIsFalse() public {
        for (uint256 bad = 0; bad < 6; ++bad) {
            uint256[] memory entries = _entries(0, 6);
            entries[bad] += 1;
            bytes32[] memory proof = _rangeProof(0, 6);
            _expectInvalid(0, 6);
            airdrop.claimRange(0, entries, proof);
        }
        for (uint256 i = 0; i < 6; ++i) vm.assertFalse(airdrop.isClaimed(i), "nothing was paid");
    }

    function testFuzz_RevertWhen_AnythingIsMutated(
        uint256 n,
        uint256 start,
        uint256 count,
        uint256 field,
        uint256 mutation
    ) public {
        n = _bound(n, 2, 40);
        _deployFor(n);
        start = _bound(start, 0, n - 1);
        uint256 deep = Trees.deepLeaves(n);
        count = _bound(count, 1, (start < deep ? deep : n) - start);
        vm.assume(mutation != 0);
        uint256[] memory entries = _entries(start, count);
        bytes32[] memory proof = _rangeProof(start, count);
        field = _bound(field, 0, 2);
        if (field == 0 || (field == 1 && proof.length == 0)) entries[mutation % count] ^= mutation;
        else if (field == 1) proof[mutation % proof.length] ^= bytes32(mutation);
        else {
            // The same entries elsewhere: moved within the bounds.
            uint256 moved = mutation % n;
            vm.assume(moved != start);
            vm.expectRevert();
            airdrop.claimRange(moved, entries, proof);
            return;
        }
        _expectInvalid(start, count);
        airdrop.claimRange(start, entries, proof);
    }

    function testFuzz_AnyRangeOfAnyTreeOnOneLevelPays(uint256 n, uint256 start, uint256 count) public {
        n = _bound(n, 1, 90);
        _deployFor(n);
        start = _bound(start, 0, n - 1);
        uint256 deep = Trees.deepLeaves(n);
        count = _bound(count, 1, (start < deep ? deep : n) - start);
        _claimRange(start, count);
        for (uint256 i = 0; i < n; ++i) {
            bool inside = i >= start && i < start + count;
            vm.assertEq(token.balanceOf(accounts[i]), inside ? amounts[i] : 0, "paid exactly inside");
        }
    }

    function testFuzz_RevertWhen_RangeCrossesTheLevels(uint256 n, uint256 start, uint256 end) public {
        n = _bound(n, 3, 90);
        uint256 deep = Trees.deepLeaves(n);
        vm.assume(deep < n);
        _deployFor(n);
        start = _bound(start, 0, deep - 1);
        end = _bound(end, deep + 1, n);
        uint256[] memory entries = _entries(start, end - start);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.RangeCrossesLevels.selector, start, end - start)
        );
        airdrop.claimRange(start, entries, new bytes32[](0));
    }
}
