// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {PlainToken} from "./support/Tokens.sol";
import {Trees} from "./support/Trees.sol";

/// @dev All that a vesting contract can do with an address it is given as a token.
contract Vesting {
    address private immutable BENEFICIARY;

    constructor(address beneficiary) {
        BENEFICIARY = beneficiary;
    }

    function release(PlainToken token) external {
        token.transfer(BENEFICIARY, token.balanceOf(address(this)));
    }
}

/// @dev What went wrong elsewhere, as far as a contract can be at fault; each with the project it happened to.
contract IncidentsTest is AirdropTest {
    /// @dev Balancer MerkleOrchard 2023, Ekubo: a claim repeated inside one batch was marked after the loop.
    function test_Incident_AClaimRepeatedInsideOneBatchIsPaidOnce() public {
        _accept(grants[0]);
        bytes[][3] memory batches = [new bytes[](2), new bytes[](2), new bytes[](2)];
        bytes memory claim_ = abi.encodeCall(airdrop.claim, (1, accounts[1], amounts[1], _proof(1)));
        bytes memory range = abi.encodeCall(airdrop.claimRange, (0, _entries(0, 6), _rangeProof(0, 6)));
        bytes memory reserve = abi.encodeCall(airdrop.claimReserve, (accounts[1], _grant(1), _grantProof(1)));
        (batches[0][0], batches[0][1]) = (claim_, claim_);
        (batches[1][0], batches[1][1]) = (range, claim_);
        (batches[2][0], batches[2][1]) = (reserve, reserve);
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert();
            airdrop.multicall(batches[i]);
        }
        vm.assertEq(token.balanceOf(address(airdrop)), total + CAP, "nothing was paid");

        // Ranges skip: the batch goes through, and each is paid once.
        (batches[1][0], batches[1][1]) = (range, range);
        airdrop.multicall(batches[1]);
        vm.assertEq(token.balanceOf(accounts[1]), amounts[1], "once");
    }

    /// @dev The same, inside one range: an index follows from its place, so an entry can stand there once only.
    function test_Incident_AnEntryRepeatedInsideARangeIsRefused() public {
        uint256[] memory entries = _entries(0, 6);
        entries[1] = entries[0];
        bytes32[] memory proof = _rangeProof(0, 6);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidRangeProof.selector, 0, 6));
        airdrop.claimRange(0, entries, proof);
    }

    /// @dev Mint Club v2: a root that was never set accepted a proof.
    function testFuzz_Incident_ARootThatWasNeverSetAcceptsNoProof(
        address account,
        uint256 amount,
        bytes32[] calldata proof
    ) public {
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.InvalidReserveProof.selector, bytes32(0), account, amount)
        );
        airdrop.claimReserve(account, amount, proof);
    }

    /// @dev The same for the automatic tranche: such a contract cannot even be deployed.
    function test_Incident_AContractWithoutARootCannotBeDeployed() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.automaticRoot = 0;
        vm.expectRevert(IMerkleAirdrop.ZeroRoot.selector);
        _deploy(parameters);
    }

    /// @dev ZKsync, April 2025: a stolen admin key took everything unclaimed. Here it gets the reserve at most, and
    /// that only after the delay, in the sight of all.
    function test_Incident_AStolenOwnerKeyTakesNothingOfTheAutomaticTranche() public {
        vm.startPrank(OWNER);
        vm.expectRevert();
        airdrop.sweep();
        vm.expectRevert();
        airdrop.rescue(address(token), OWNER, 1);
        airdrop.submitReserveRoot(Trees.reserveLeaf(OWNER, type(uint256).max), URI);
        vm.expectRevert();
        airdrop.acceptReserveRoot(Trees.reserveLeaf(OWNER, type(uint256).max));
        vm.warp(START + DELAY);
        airdrop.acceptReserveRoot(Trees.reserveLeaf(OWNER, type(uint256).max));
        vm.expectRevert();
        airdrop.claimReserve(OWNER, type(uint256).max, new bytes32[](0));
        airdrop.submitReserveRoot(Trees.reserveLeaf(OWNER, CAP), URI);
        vm.warp(START + 2 * DELAY);
        airdrop.acceptReserveRoot(Trees.reserveLeaf(OWNER, CAP));
        airdrop.claimReserve(OWNER, CAP, new bytes32[](0));
        vm.stopPrank();
        vm.assertEq(token.balanceOf(OWNER), CAP, "the reserve and no more");
        for (uint256 i = 0; i < LEAVES; ++i) _claim(i);
        vm.assertEq(token.balanceOf(address(airdrop)), 0, "everyone was paid");
    }

    /// @dev Threshold 2022 and 2023: a wrong tree was published. A wrong reserve tree can be withdrawn while it is
    /// pending, and replaced after: what it paid too much counts towards what is still granted.
    function test_Incident_AWrongReserveTreeIsWithdrawnOrCorrected() public {
        vm.startPrank(OWNER);
        airdrop.submitReserveRoot(grants[0], URI);
        airdrop.revokeReserveRoot(grants[0]);
        vm.stopPrank();
        vm.warp(START + DELAY);
        vm.expectRevert();
        airdrop.acceptReserveRoot(grants[0]);

        _accept(Trees.reserveLeaf(accounts[0], 10 * _grant(0)));
        airdrop.claimReserve(accounts[0], 10 * _grant(0), new bytes32[](0));
        _accept(grants[0]);
        bytes32[] memory proof = _grantProof(0);
        vm.expectRevert();
        airdrop.claimReserve(accounts[0], _grant(0), proof);
        _claimReserve(1);
        vm.assertEq(token.balanceOf(accounts[1]), _grant(1), "others are paid");
    }

    /// @dev Starknet, Rocket Pool: recipients that are contracts without a way to call a claim contract. Anyone can
    /// have them paid, one by one or in a range.
    function test_Incident_ARecipientThatCannotCallIsPaidByAnyone() public {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        address vesting = address(new Vesting(ELSEWHERE));
        parameters.automaticRoot = Trees.automaticLeaf(0, vesting, 5);
        parameters.leafCount = 1;
        airdrop = _deploy(parameters);
        token.mint(address(airdrop), 5);
        vm.prank(STRANGER);
        airdrop.claim(0, vesting, 5, new bytes32[](0));
        Vesting(vesting).release(token);
        vm.assertEq(token.balanceOf(ELSEWHERE), 5, "through it to its beneficiary");
    }

    /// @dev A vesting contract calls `balanceOf` and `transfer` on any address it is given as a token: the airdrop
    /// must not look like one, whoever asks.
    function test_Incident_AVestingContractTakesTheAirdropForNoToken() public {
        Vesting vesting = new Vesting(ELSEWHERE);
        vm.expectRevert();
        vesting.release(PlainToken(address(airdrop)));
        bytes[4] memory calls = [
            abi.encodeCall(token.balanceOf, (address(vesting))),
            abi.encodeCall(token.transfer, (ELSEWHERE, 0)),
            abi.encodeCall(token.transferFrom, (address(vesting), ELSEWHERE, 0)),
            abi.encodeCall(token.approve, (ELSEWHERE, 1))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool answered, ) = address(airdrop).call(calls[i]);
            vm.assertFalse(answered, "no ERC-20 call is answered");
        }
        (bool paid, ) = address(airdrop).call{value: 0}("");
        vm.assertFalse(paid, "nor an empty one");
    }

    /// @dev EigenLayer, Monad: recipients were changed by e-mail or in a hijacked session. Here nobody but the
    /// account, by its own call or signature, sends its amount elsewhere, whoever asks.
    function test_Incident_NobodyButTheAccountChangesTheRecipient() public {
        _accept(grants[0]);
        address[2] memory others = [OWNER, STRANGER];
        bytes32[] memory proof = _proof(0);
        bytes32[] memory grantProof = _grantProof(0);
        bytes memory foreign = _sign(9, _claimDigest(0, STRANGER, SWEEP_TIME));
        for (uint256 i = 0; i < 2; ++i) {
            vm.startPrank(others[i]);
            vm.expectRevert();
            airdrop.claimTo(0, STRANGER, amounts[0], proof);
            vm.expectRevert();
            airdrop.claimReserveTo(STRANGER, _grant(0), grantProof);
            vm.expectRevert();
            airdrop.claimWithSignature(0, accounts[0], STRANGER, amounts[0], SWEEP_TIME, foreign, proof);
            airdrop.claim(i, accounts[i], amounts[i], _proof(i));
            vm.stopPrank();
            vm.assertEq(token.balanceOf(accounts[i]), amounts[i], "paid to the account");
        }
    }

    /// @dev Safe: DAOs, whose votes take weeks, missed the deadline. Claims end when somebody sweeps, no sooner.
    function test_Incident_ALateClaimStillPaysUntilSomebodySweeps() public {
        _accept(grants[0]);
        vm.warp(SWEEP_TIME + 300 days);
        _claim(0);
        _claimReserve(0);
        vm.assertEq(token.balanceOf(accounts[0]), amounts[0] + _grant(0), "paid");
    }

    /// @dev A griefer claims one entry first, and the batch of everyone else fails. Here it goes on without it.
    function test_Incident_AGrieferWhoClaimsOneEntryFirstStopsNoBatch() public {
        for (uint256 i = 0; i < 6; ++i) {
            vm.prank(STRANGER);
            airdrop.claim(i, accounts[i], amounts[i], _proof(i));
            _claimRange(0, 6);
            for (uint256 k = 0; k < 6; ++k)
                vm.assertEq(token.balanceOf(accounts[k]), amounts[k], "once each");
            setUp();
        }
    }

    /// @dev 1inch #48: the one server of proofs was switched off. The contract names where they are, again if they
    /// move, and nothing but the list is needed to make them.
    function test_Incident_ProofsThatMovedAreAnnouncedAndCanBeRebuiltFromTheList() public {
        bytes32 root = tree[0];
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.ProofsPublished(root, "ipfs://bafyelsewhere");
        vm.prank(OWNER);
        airdrop.publishProofs(root, "ipfs://bafyelsewhere");
        _enlist(LEAVES);
        vm.assertEq(tree[0], root, "the list alone gives the root");
        _claim(10);
    }
}
