// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerkleAirdrop} from "../../contracts/interfaces/IMerkleAirdrop.sol";
import {AirdropTest} from "./support/AirdropTest.sol";
import {Trees} from "./support/Trees.sol";
import {
    BurningWallet,
    KeeperWallet,
    LyingWallet,
    ReentrantWallet,
    RefusingWallet,
    RevertingWallet,
    ShortAnswerWallet
} from "./support/Wallets.sol";

/// @dev The airdrop of these tests is due to one account, a contract, as leaf 0 and as its only grant.
contract HostileWalletTest is AirdropTest {
    uint256 private constant AMOUNT = 42e9;
    uint256 private constant DEADLINE = START + 1 days;

    function _payTo(address account) private {
        IMerkleAirdrop.Parameters memory parameters = _parameters(address(token));
        parameters.automaticRoot = Trees.automaticLeaf(0, account, AMOUNT);
        parameters.leafCount = 1;
        parameters.reserveDelay = 0;
        airdrop = _deploy(parameters);
        token.mint(address(airdrop), AMOUNT + CAP);
        bytes32 root = Trees.reserveLeaf(account, AMOUNT);
        vm.prank(OWNER);
        airdrop.submitReserveRoot(root, URI);
        airdrop.acceptReserveRoot(root);
    }

    function _digestOf(address account) private view returns (bytes32) {
        bytes32 message = keccak256(abi.encode(CLAIM_TYPEHASH, 0, account, ELSEWHERE, AMOUNT, DEADLINE));
        return _digest(message, block.chainid, address(airdrop));
    }

    function _reserveDigestOf(address account) private view returns (bytes32) {
        bytes32 message = keccak256(abi.encode(CLAIM_RESERVE_TYPEHASH, account, ELSEWHERE, AMOUNT, DEADLINE));
        return _digest(message, block.chainid, address(airdrop));
    }

    function _send(address account, bytes memory signature) private {
        airdrop.claimWithSignature(0, account, ELSEWHERE, AMOUNT, DEADLINE, signature, new bytes32[](0));
    }

    function _refuses(address wallet) private {
        _payTo(wallet);
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, wallet));
        airdrop.claimWithSignature(0, wallet, ELSEWHERE, AMOUNT, DEADLINE, "", new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, wallet));
        airdrop.claimReserveWithSignature(wallet, ELSEWHERE, AMOUNT, DEADLINE, "", new bytes32[](0));
        // Its own amount is still there for it.
        airdrop.claim(0, wallet, AMOUNT, new bytes32[](0));
        vm.assertEq(token.balanceOf(wallet), AMOUNT, "paid to itself");
    }

    function test_AContractWalletAgreesByErc1271() public {
        address wallet = address(new KeeperWallet(accounts[0]));
        _payTo(wallet);
        _send(wallet, _sign(0, _digestOf(wallet)));
        vm.assertEq(token.balanceOf(ELSEWHERE), AMOUNT, "automatic");
        airdrop.claimReserveWithSignature(
            wallet,
            ELSEWHERE,
            AMOUNT,
            DEADLINE,
            _sign(0, _reserveDigestOf(wallet)),
            new bytes32[](0)
        );
        vm.assertEq(token.balanceOf(ELSEWHERE), 2 * AMOUNT, "reserve");
    }

    function test_RevertWhen_TheWalletsKeeperDidNotSign() public {
        address wallet = address(new KeeperWallet(accounts[0]));
        _payTo(wallet);
        bytes memory signature = _sign(1, _digestOf(wallet));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, wallet));
        _send(wallet, signature);
    }

    function test_RevertWhen_TheWalletRefuses() public {
        _refuses(address(new RefusingWallet()));
    }

    function test_RevertWhen_TheWalletAnswersWithAnotherWord() public {
        _refuses(address(new LyingWallet()));
    }

    function test_RevertWhen_TheWalletAnswersTooShortly() public {
        _refuses(address(new ShortAnswerWallet()));
    }

    function test_RevertWhen_TheWalletRevertsWithTheRightAnswer() public {
        _refuses(address(new RevertingWallet()));
    }

    function test_RevertWhen_TheContractHasNoErc1271() public {
        _refuses(address(token));
    }

    function test_AWalletThatBurnsGasHarmsItsOwnClaimOnly() public {
        address wallet = address(new BurningWallet());
        _payTo(wallet);
        (bool done, ) = address(airdrop).call{gas: 500_000}(
            abi.encodeCall(
                airdrop.claimWithSignature,
                (0, wallet, ELSEWHERE, AMOUNT, DEADLINE, "", new bytes32[](0))
            )
        );
        vm.assertFalse(done, "its claim by signature fails");
        airdrop.claim(0, wallet, AMOUNT, new bytes32[](0));
        vm.assertEq(token.balanceOf(wallet), AMOUNT, "its claim to itself does not ask it");
    }

    function test_RevertWhen_TheWalletReentersWhileItIsAsked() public {
        ReentrantWallet wallet = new ReentrantWallet();
        _payTo(address(wallet));
        wallet.arm(
            address(airdrop),
            abi.encodeCall(airdrop.claim, (0, address(wallet), AMOUNT, new bytes32[](0)))
        );
        // It is asked by a static call, in which nothing can be claimed.
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, address(wallet)));
        _send(address(wallet), "");
        vm.assertFalse(airdrop.isClaimed(0), "nothing happened");
    }

    // ---- EIP-7702: an account with a key and with code ----

    function _delegated(address implementation) private returns (address account) {
        account = accounts[0];
        vm.etch(account, abi.encodePacked(hex"ef0100", implementation));
        vm.assertEq(account.code.length, 23, "an account with a delegation");
    }

    function test_ADelegatedAccountSignsWithItsKeyWhateverItsCodeSays() public {
        address account = _delegated(address(new RefusingWallet()));
        _payTo(account);
        _send(account, _sign(0, _digestOf(account)));
        vm.assertEq(token.balanceOf(ELSEWHERE), AMOUNT, "paid");
    }

    function test_ADelegatedAccountWithoutErc1271SignsWithItsKey() public {
        address account = _delegated(address(token));
        _payTo(account);
        _send(account, _sign(0, _digestOf(account)));
        vm.assertEq(token.balanceOf(ELSEWHERE), AMOUNT, "paid");
    }

    function test_ADelegatedAccountAgreesByItsCode() public {
        address account = _delegated(address(new KeeperWallet(accounts[7])));
        _payTo(account);
        _send(account, _sign(7, _digestOf(account)));
        vm.assertEq(token.balanceOf(ELSEWHERE), AMOUNT, "paid");
    }

    function test_RevertWhen_NeitherKeyNorCodeOfADelegatedAccountAgrees() public {
        address account = _delegated(address(new RefusingWallet()));
        _payTo(account);
        bytes memory signature = _sign(3, _digestOf(account));
        vm.expectRevert(abi.encodeWithSelector(IMerkleAirdrop.InvalidSignature.selector, account));
        _send(account, signature);
    }
}
