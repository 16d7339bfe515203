// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title A stand-in for the contract that Session nodes are staked in
/// @notice For the embedded chain and tests only: its read functions and its storage are those of the real one, so
/// that whatever reads stakes or proves them cannot tell the two apart; its write functions are the least that
/// changes such state, and anyone may call them.
contract ServiceNodeRewards {
    struct G1Point {
        uint256 X; // solhint-disable-line var-name-mixedcase
        uint256 Y; // solhint-disable-line var-name-mixedcase
    }

    struct Staker {
        address addr;
        address beneficiary;
    }

    struct Contributor {
        Staker staker;
        uint256 stakedAmount;
    }

    struct ServiceNode {
        uint64 next;
        uint64 prev;
        address operator;
        G1Point blsPubkey;
        uint256 addedTimestamp;
        uint256 leaveRequestTimestamp;
        uint256 latestLeaveRequestTimestamp;
        uint256 deposit;
        Contributor[] contributors;
        uint256 ed25519Pubkey;
    }

    struct Recipient {
        uint256 rewards;
        uint256 claimed;
    }

    /// @notice The node that is none: its `next` is the first of the list and its `prev` the last.
    uint64 public constant LIST_SENTINEL = 0;

    // Slots 0 to 17 as in the real contract. The gaps stand for what is of no use here.
    bool public isStarted; // 0, byte 0
    IERC20 public designatedToken; // 0, byte 1
    address public foundationPool; // 1, byte 0
    uint64 public nextServiceNodeID; // 1, byte 20
    uint256 public totalNodes; // 2
    uint256[8] private _gapBeforeTerms; // 3 to 10
    uint256 public stakingRequirement; // 11
    uint256 public maxContributors; // 12
    uint256[3] private _gapBeforeNodes; // 13 to 15
    mapping(uint64 id => ServiceNode) private _serviceNodes; // 16
    mapping(address account => Recipient) public recipients; // 17

    event NewServiceNodeV2(
        uint8 version,
        uint64 indexed serviceNodeID,
        address recipient,
        G1Point pubkey,
        uint256 ed25519Pubkey,
        Contributor[] contributors
    );
    event ServiceNodeExitRequest(uint64 indexed serviceNodeID, address recipient, G1Point pubkey);
    event ServiceNodeExit(
        uint64 indexed serviceNodeID,
        address recipient,
        uint256 returnedAmount,
        G1Point pubkey
    );

    error NodeNotFound(uint64 id);

    /// @notice Adds a node at the end of the list.
    function addNode(
        G1Point calldata blsPubkey,
        uint256 ed25519Pubkey,
        Contributor[] calldata contributors
    ) external returns (uint64 id) {
        id = nextServiceNodeID++;
        totalNodes += 1;
        ServiceNode storage node = _serviceNodes[id];
        uint64 last = _serviceNodes[LIST_SENTINEL].prev;
        node.prev = last;
        node.next = LIST_SENTINEL;
        _serviceNodes[last].next = id;
        _serviceNodes[LIST_SENTINEL].prev = id;
        node.operator = contributors[0].staker.addr;
        node.blsPubkey = blsPubkey;
        node.ed25519Pubkey = ed25519Pubkey;
        node.addedTimestamp = block.timestamp;
        for (uint256 i = 0; i < contributors.length; ++i) {
            node.contributors.push(contributors[i]);
            node.deposit += contributors[i].stakedAmount;
        }
        emit NewServiceNodeV2(0, id, node.operator, blsPubkey, ed25519Pubkey, contributors);
    }

    /// @notice Asks for a node to leave. It stays in the list until it is removed.
    function requestExit(uint64 id) external {
        ServiceNode storage node = _existing(id);
        node.leaveRequestTimestamp = block.timestamp;
        node.latestLeaveRequestTimestamp = block.timestamp;
        emit ServiceNodeExitRequest(id, node.operator, node.blsPubkey);
    }

    /// @notice Takes a node out of the list and clears all it held.
    function removeNode(uint64 id) external {
        ServiceNode storage node = _existing(id);
        _serviceNodes[node.prev].next = node.next;
        _serviceNodes[node.next].prev = node.prev;
        totalNodes -= 1;
        emit ServiceNodeExit(id, node.operator, node.deposit, node.blsPubkey);
        delete _serviceNodes[id];
    }

    /// @notice The ids and keys of all nodes in the list's order.
    function allServiceNodeIDs() external view returns (uint64[] memory ids, G1Point[] memory pubkeys) {
        ids = new uint64[](totalNodes);
        pubkeys = new G1Point[](totalNodes);
        uint64 id = _serviceNodes[LIST_SENTINEL].next;
        for (uint256 i = 0; id != LIST_SENTINEL; ++i) {
            ServiceNode storage node = _serviceNodes[id];
            ids[i] = id;
            pubkeys[i] = node.blsPubkey;
            id = node.next;
        }
    }

    /// @notice A node, or zeros for an id that was deleted or never given.
    function serviceNodes(uint64 id) external view returns (ServiceNode memory) {
        return _serviceNodes[id];
    }

    function _existing(uint64 id) internal view returns (ServiceNode storage node) {
        node = _serviceNodes[id];
        require(node.deposit != 0, NodeNotFound(id));
    }
}
