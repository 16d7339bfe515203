// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {Airdrop} from "./support/Airdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {Trees} from "./support/Trees.sol";

contract ClaimWithSignatureTest is AirdropTest {
    uint256 private constant DEADLINE = START + 1 days;
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function _send(bytes memory signature, uint256 deadline) private {
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], deadline, signature, _proof(4));
    }

    function _expectInvalid() private {
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, accounts[4]));
    }

    function test_AnyoneSubmitsWhatTheAccountSigned() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Claimed(4, accounts[4], amounts[4]);
        vm.expectEmit(address(airdrop));
        emit IMerkleAirdrop.Redirected(accounts[4], ELSEWHERE);
        vm.prank(STRANGER);
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
        vm.assertEq(token.balanceOf(ELSEWHERE), amounts[4], "paid elsewhere");
        vm.assertTrue(airdrop.isClaimed(4), "claimed");
    }

    function test_SignedForItselfIsNoRedirection() public {
        bytes memory signature = _sign(4, _claimDigest(4, accounts[4], DEADLINE));
        bytes32[] memory proof = _proof(4);
        vm.recordLogs();
        airdrop.claimWithSignature(4, accounts[4], accounts[4], amounts[4], DEADLINE, signature, proof);
        vm.assertEq(vm.getRecordedLogs().length, 2, "Claimed and the token's Transfer");
    }

    function test_DeadlineIsInclusive() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        vm.warp(DEADLINE);
        _send(signature, DEADLINE);
        vm.assertEq(token.balanceOf(ELSEWHERE), amounts[4], "paid");
    }

    function test_RevertWhen_AfterTheDeadline() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        vm.warp(DEADLINE + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.SignatureExpired.selector, DEADLINE, DEADLINE + 1)
        );
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_DeadlineIsNotTheSignedOne() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE + 1, signature, proof);
    }

    function test_RevertWhen_RecipientIsNotTheSignedOne() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], STRANGER, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_TokensWouldBeLost() public {
        address[3] memory lost = [address(0), address(airdrop), address(token)];
        bytes32[] memory proof = _proof(4);
        for (uint256 i = 0; i < lost.length; ++i) {
            bytes memory signature = _sign(4, _claimDigest(4, lost[i], DEADLINE));
            vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidRecipient.selector, lost[i]));
            airdrop.claimWithSignature(4, accounts[4], lost[i], amounts[4], DEADLINE, signature, proof);
        }
    }

    function test_RevertWhen_SignedBySomebodyElse() public {
        bytes memory signature = _sign(5, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_SignatureIsReplayed() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        _send(signature, DEADLINE);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.AlreadyClaimed.selector, 4));
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_ReplayedOnAnotherChain() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        vm.chainId(421614);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_ReplayedOnAnotherContract() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(4);
        Airdrop twin = _deploy(_parameters(address(token)));
        token.mint(address(twin), total);
        _expectInvalid();
        twin.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_ReplayedOnAnotherIndexOfTheSameAccount() public {
        // The account is due twice: at 0 and at 1, the same amount.
        bytes32[] memory leaves = new bytes32[](2);
        for (uint256 i = 0; i < 2; ++i) leaves[i] = Trees.automaticLeaf(i, accounts[4], amounts[4]);
        tree = Trees.build(leaves);
        airdrop = _deploy(_parameters(address(token)));
        token.mint(address(airdrop), total);
        bytes32 message = keccak256(
            abi.encode(CLAIM_TYPEHASH, 0, accounts[4], ELSEWHERE, amounts[4], DEADLINE)
        );
        bytes memory signature = _sign(4, _digest(message, block.chainid, address(airdrop)));
        bytes32[] memory proof = _proof(1);
        _expectInvalid();
        airdrop.claimWithSignature(1, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_AReserveSignatureIsUsedForTheAutomaticTranche() public {
        bytes32 message = keccak256(
            abi.encode(CLAIM_RESERVE_TYPEHASH, accounts[4], ELSEWHERE, amounts[4], DEADLINE)
        );
        bytes memory signature = _sign(4, _digest(message, block.chainid, address(airdrop)));
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_RevertWhen_SignatureIsMalleable() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY + 4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes memory twin = abi.encodePacked(r, bytes32(CURVE_ORDER - uint256(s)), v == 27 ? 28 : 27);
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, twin, proof);
    }

    function test_RevertWhen_SignatureIsCompact() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(KEY + 4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes memory compact = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, compact, proof);
    }

    function test_RevertWhen_TheLeafIsOfTheZeroAddressAndTheSignatureOfNobody() public {
        // A failed recovery yields zero: it must not pass for the signature of account zero.
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.automaticRoot = Trees.automaticLeaf(0, address(0), 1);
        airdrop = _deploy(parameters);
        token.mint(address(airdrop), 1);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, address(0)));
        airdrop.claimWithSignature(0, address(0), ELSEWHERE, 1, DEADLINE, new bytes(65), new bytes32[](0));
    }

    function test_RevertWhen_ProofIsWrongDespiteAGoodSignature() public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bytes32[] memory proof = _proof(5);
        vm.expectRevert(
            abi.encodeWithSelector(IMerkleAirdrop.InvalidProof.selector, 4, accounts[4], amounts[4])
        );
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function testFuzz_RevertWhen_AnyBitOfTheSignatureIsFlipped(uint256 bit) public {
        bytes memory signature = _sign(4, _claimDigest(4, ELSEWHERE, DEADLINE));
        bit = _bound(bit, 0, 65 * 8 - 1);
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function testFuzz_RevertWhen_SignatureIsAnyOtherBytes(bytes calldata signature) public {
        bytes32[] memory proof = _proof(4);
        _expectInvalid();
        airdrop.claimWithSignature(4, accounts[4], ELSEWHERE, amounts[4], DEADLINE, signature, proof);
    }

    function test_DomainIsTheOneDocumented() public view {
        (, string memory name, string memory version, uint256 chain, address verifier, , ) = airdrop
            .eip712Domain();
        vm.assertEq(keccak256(bytes(name)), keccak256("MerkleAirdrop"), "name");
        vm.assertEq(keccak256(bytes(version)), keccak256("1"), "version");
        vm.assertEq(chain, block.chainid, "chain");
        vm.assertEq(verifier, address(airdrop), "contract");
    }
}
