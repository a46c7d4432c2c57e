# From nothing but python3 (3.11 or newer), pip and make:
#   make demo    check a real report, show its gaps, write the gap report as DOCX into demo-output/
#   make test    set everything up and run the tests

PYTHON ?= python3
UV ?= uv
VENV := .venv
# Windows with a make of its own (Git Bash, MSYS2) puts the programs elsewhere.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint types contracts bench examples pictures ocr classifier heldout lock clean

help:
	@echo "make demo      检查一份真实报告，显示缺项，并写出 Word 核查报告 (demo-output/)"
	@echo "make test      安装全部依赖并运行测试"
	@echo "make lint      格式、静态检查、类型、模块依赖方向"
	@echo "make bench     速度"
	@echo "make examples  重新生成 examples/expected/ （随后请逐条核对差异）"
	@echo "make pictures  重新画 README 里的图 （需要 LibreOffice、pdftoppm、中文字体）"
	@echo "make ocr       安装文字识别，用于扫描件和图片 （约 400 MB）"
	@echo "make classifier 重新训练句式分类器 checklists/classifier.json （需要 scikit-learn）"
	@echo "make heldout   未参与调整的那一半报告：只看总数"
	@echo "make lock      重新生成 requirements*.lock （需要 uv）"
	@echo "make clean     删除 .venv 和生成的文件"

# Exit code 1 of fazhi means "there are gaps": what the demo is there to show.
demo: $(VENV)/.runtime
	@$(BIN)/fazhi check examples/heijing-2023.txt --out demo-output; code=$$?; \
	if [ $$code -ge 2 ]; then echo "make demo：检查没有完成（退出码 $$code）。" >&2; exit $$code; fi; \
	echo; echo "Word 核查报告在："; ls demo-output/*.docx

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -q

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

bench: $(VENV)/.dev
	@$(BIN)/python -m tests.benchmarks.bench_speed
	@$(BIN)/python -m tests.benchmarks.bench_readers

# Totals only: what is read there must not shape the rules. See tests/corpus/README.md.
heldout: $(VENV)/.dev
	@$(BIN)/fazhi evaluate tests/corpus/heldout | tail -n 12

examples: $(VENV)/.dev
	@$(BIN)/python -m tests.regenerate_examples
	@$(BIN)/python -m tests.example_documents

# With LibreOffice, pdftoppm and Chinese fonts.
pictures: $(VENV)/.dev
	@$(BIN)/python -m tests.example_documents --pictures

# Text recognition for scans and pictures, into the same .venv; `make test` then tests it as well.
ocr: $(VENV)/.ocr

# Only with the extra "train"; then look at what `make heldout` said before and says now.
classifier: $(VENV)/.dev
	@$(PIP) install -qq --no-build-isolation --editable '.[train]'
	@$(BIN)/python -m tests.training.train

lock:
	printf 'hatchling\n' | $(UV) pip compile $(LOCK) --output-file requirements.lock pyproject.toml -
	$(UV) pip compile $(LOCK) --extra dev --constraints requirements.lock \
	  --output-file requirements-dev.lock pyproject.toml
	$(UV) pip compile $(LOCK) --extra ocr --constraints requirements.lock \
	  --output-file requirements-ocr.lock pyproject.toml

# No registry is named in a lock: every machine uses its own.
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock"

clean:
	rm -rf $(VENV) demo-output dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# --- set-up: a stamp file tells what .venv already holds -----------------------------------------

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更新的版本；现在的 $(PYTHON) 是：" >&2; $(PYTHON) --version >&2; \
	  echo "装好后可以指明用哪一个：make demo PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) 缺少 venv 或 ensurepip 模块，不能建立虚拟环境。" >&2; \
	  echo "Debian、Ubuntu 请先运行：sudo apt-get install python3-venv" >&2; exit 2; }
	@test -x $(BIN)/python || { echo "建立虚拟环境 $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.lock pyproject.toml
	@echo "安装依赖（requirements.lock，逐个核对哈希）…"
	@$(PIP) install -qq --require-hashes -r requirements.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ocr: $(VENV)/.runtime requirements-ocr.lock
	@echo "安装文字识别（requirements-ocr.lock，逐个核对哈希）…"
	@$(PIP) install -qq --require-hashes -r requirements-ocr.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "安装测试所需（requirements-dev.lock，逐个核对哈希）…"
	@$(PIP) install -qq --require-hashes -r requirements-dev.lock
	@touch $@
