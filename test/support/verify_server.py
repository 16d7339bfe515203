"""Runs scripts/verify.py many times in one process, for tests: a JSON line in, a JSON line out.

In:  {"program": FOLDER or null, "proofs": FOLDER}     null verifies the published folder alone
Out: {"ok": true or false, "findings": [{"file", "problem"}]}
"""
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts"))
import verify  # noqa: E402

verify.Workers.tried = True  # small lists: no other process
for line in sys.stdin:
    asked = json.loads(line)
    if asked["program"] is None:
        found = verify.verify_folder(asked["proofs"])
    else:
        found = verify.verify_program(asked["program"], asked["proofs"])
    findings = [{"file": path, "problem": text} for path, text in found.problems]
    print(json.dumps({"ok": not findings, "findings": findings}), flush=True)
