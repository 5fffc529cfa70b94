# End-to-end tests: each .go file says how to run itself in `// RUN:` lines.
import os
import lit.formats

config.name = "gosubc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".go", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)
root = os.path.dirname(os.path.dirname(config.test_source_root))
config.test_exec_root = os.path.join(root, "target", "lit")
llvm = os.environ.get("LLVM_SYS_221_PREFIX", "/usr/lib/llvm-22")

# Tests share a cache below target/, so that the library is compiled once for all of them.
config.environment["GOSUBCCACHE"] = os.path.join(root, "target", "lit-cache")
config.environment["HOME"] = config.test_exec_root
config.environment["PATH"] = os.path.join(llvm, "bin") + os.pathsep + os.environ["PATH"]
config.environment["GOTRACEBACK"] = ""

# GOSUBC names another build of the compiler to test, GOSUBCROOT its library.
config.substitutions.append(("%gosubc", os.environ.get("GOSUBC", os.path.join(root, "target", "release", "gosubc"))))
if "GOSUBCROOT" in os.environ:
    config.environment["GOSUBCROOT"] = os.environ["GOSUBCROOT"]
config.substitutions.append(("%examples", os.path.join(root, "examples")))
# Runs a command and checks its exit code: %exits 2 prog args
config.substitutions.append(("%exits", "%s %s" % ("python3", os.path.join(config.test_source_root, "exits.py"))))
# Runs a program at -O0, -O2 and -O3, which must print the same: %levels prog.go
config.substitutions.append(("%levels", "python3 %s %s" % (os.path.join(config.test_source_root, "levels.py"), config.substitutions[0][1])))
# Runs a program until its exit code and what it prints are right, a few times: %often 66 prog checks
config.substitutions.append(("%often", "%s %s" % ("python3", os.path.join(config.test_source_root, "often.py"))))
