"""Runs scripts/verify.py many times in one process, for tests: a JSON line in, a JSON line out.

In:  {"program": FOLDER or null, "proofs": FOLDER}     null verifies the published folder alone
     {"inputs": FOLDER}                                allocates only
     {"ledger": HEX, "decimals": NUMBER}               reads the bytes of a grants.jsonl
Out: {"ok": true or false, "findings": [{"file", "problem"}], "texts": the files of allocate}
"""
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts"))
import verify  # noqa: E402

verify.Workers.tried = True  # small lists: no other process


def allocated(folder):
    inputs = verify.Inputs(folder)
    allocation = verify.Allocation(verify.program_of(inputs), inputs)
    csv_text = allocation.csv()
    json_text = allocation.json(verify.record_of(csv_text.encode())["sha256"])
    return {"allocation.csv": csv_text, "allocation.json": json_text, "unpaid.csv": allocation.unpaid_csv()}


def answer(asked):
    """Returns the findings, and the texts of what was allocated."""
    if "proofs" in asked:
        alone = asked["program"] is None
        found = verify.verify_folder(asked["proofs"]) if alone else verify.verify_program(asked["program"], asked["proofs"])
        return found.problems, {}
    verify.Unchecked.texts = None  # an earlier fault may have left some
    try:
        if "inputs" in asked:
            return [], allocated(asked["inputs"])
        ledger = verify.Ledger(bytes.fromhex(asked["ledger"]), asked["decimals"])
        return [("grants.jsonl", text) for text in ledger.problems], {}
    except (verify.Wrong, *verify.MISSHAPEN) as error:
        return [("", verify.words_of(error))], {}


for line in sys.stdin:
    problems, texts = answer(json.loads(line))
    findings = [{"file": path, "problem": text} for path, text in problems]
    print(json.dumps({"ok": not findings, "findings": findings, "texts": texts}), flush=True)
