// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev OpenZeppelin's ERC-20, with minting for tests.
contract PlainToken is ERC20 {
    constructor() ERC20("Plain", "PLAIN") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @dev Transfers and answers nothing, as USDT does.
contract SilentToken {
    mapping(address account => uint256 amount) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount;
    }
}

/// @dev Moves nothing and answers false.
contract FalseToken {
    mapping(address account => uint256 amount) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address, uint256) external pure returns (bool) {
        return false;
    }
}

/// @dev Refuses to pay one address, as a block list does.
contract BlockingToken is PlainToken {
    error Blocked(address account);

    address public blocked;

    function setBlocked(address account) external {
        blocked = account;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (to == blocked) revert Blocked(to);
        super._update(from, to, amount);
    }
}

/// @dev Keeps one percent of each transfer.
contract FeeToken is PlainToken {
    function _update(address from, address to, uint256 amount) internal override {
        uint256 fee = from == address(0) ? 0 : amount / 100;
        super._update(from, to, amount - fee);
        if (fee != 0) super._update(from, address(0xFEE), fee);
    }
}

/// @dev Calls back into a target during each transfer, and reports how that went.
contract ReentrantToken is PlainToken {
    address public target;
    bytes public data;
    bool public succeeded;
    bytes public answer;
    uint256 public calls;

    function arm(address target_, bytes calldata data_) external {
        target = target_;
        data = data_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        super._update(from, to, amount);
        if (target == address(0)) return;
        address called = target;
        target = address(0);
        ++calls;
        (succeeded, answer) = called.call(data);
    }
}

/// @dev A second door to another token's balances.
contract DoorToken {
    PlainToken private immutable BEHIND;
    address private immutable HOLDER;

    constructor(PlainToken behind, address from) {
        BEHIND = behind;
        HOLDER = from;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        // The test lends it an allowance: what matters is that the other token's balance moves.
        return BEHIND.transferFrom(HOLDER, to, amount);
    }
}
