# Claimant. `make help` lists what can be made.
# Variables: BUILD (objects and programs, default build/), CC, CFLAGS, LDFLAGS, SANITIZE=1,
# FUZZ=1 (programs for libFuzzer, with clang), PREFIX, LIBDIR and DESTDIR for install. Several builds live side by side: make BUILD=build/clang CC=clang

BUILD   ?= build
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
DESTDIR ?=
CFLAGS  ?= -O2 -g
LDFLAGS ?=
SANITIZE ?=
FUZZ     ?=
DATADIR  = $(PREFIX)/share/claimant

LIBRARIES := libxml-2.0 raptor2 libpcre2-8 serd-0 jansson nettle libarchive gmime-3.0

all:

# ---- How to compile ----------------------------------------------------------

# Asked for once, and only when something is compiled: `make demo` first installs what is missing.
need_libraries = $(if $(shell pkg-config --exists $(LIBRARIES) && echo yes),,$(error Libraries are missing: \
  pkg-config must find $(LIBRARIES). Install them with your package manager, or with "make setup" on Debian))
pkg_cflags = $(need_libraries)$(eval pkg_cflags := $$(patsubst -I%,-isystem %,$$(shell pkg-config --cflags $(LIBRARIES))))$(pkg_cflags)
# Some are loaded when a format first needs them, see extractor/write/raptor_library.h and extractor/base/library.h.
loaded    := raptor2 libarchive gmime-3.0
pkg_libs   = $(eval pkg_libs := $$(shell pkg-config --libs $(filter-out $(loaded),$(LIBRARIES))))$(pkg_libs)

warnings := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes
comma    := ,
sanitize := $(if $(filter 1,$(SANITIZE)),-fsanitize=address$(comma)undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
fuzz     := $(if $(filter 1,$(FUZZ)),-fsanitize=fuzzer-no-link)
# One short line a step; V=1 shows the commands.
quiet     = $(if $(filter 1,$(V)),,@echo '  $(1)  $@';)
places    =
compile   = $(CC) -std=c17 -fPIC -ffile-prefix-map=$(CURDIR)=. -D_GNU_SOURCE -Iextractor $(pkg_cflags) $(warnings) $(CFLAGS) $(sanitize) $(fuzz) $(CPPFLAGS) $(places) -MMD -MP
link      = $(CC) $(CFLAGS) $(sanitize) $(fuzz) $(LDFLAGS) -Wl,--as-needed

# ---- What there is --------------------------------------------------------------

library_sources := $(filter-out extractor/cli/%,$(wildcard extractor/*.c extractor/*/*.c))
command_sources := $(wildcard extractor/cli/*.c)
unit_sources    := $(wildcard tests/unit/test_*.c)
unit_support    := $(filter-out $(unit_sources),$(wildcard tests/unit/*.c))
fuzz_sources    := $(wildcard tests/fuzz/target_*.c)
vocabulary      := $(shell find vocab -type f 2>/dev/null | LC_ALL=C sort)
rule_files      := $(wildcard rules/*.xml rules/*/*.xml)

audit_assets    := $(sort $(wildcard extractor/audit/*.html extractor/audit/*.css extractor/audit/*.js))

library_objects := $(library_sources:%.c=$(BUILD)/%.o) $(BUILD)/audit_assets.o $(BUILD)/context.o
command_objects := $(command_sources:%.c=$(BUILD)/%.o)
support_objects := $(unit_support:%.c=$(BUILD)/%.o)
unit_programs   := $(unit_sources:tests/unit/%.c=$(BUILD)/tests/%)
fuzz_programs   := $(fuzz_sources:tests/fuzz/target_%.c=$(BUILD)/fuzz/%)

# The soname counts the changes that break programs linked before; extractor/claimant.h tells what may change when.
version := $(shell sed -n 's/^\#define CLAIMANT_VERSION "\(.*\)"/\1/p' extractor/claimant.h)
soname  := libclaimant.so.0
library := $(BUILD)/libclaimant.a
shared  := $(BUILD)/$(soname)
program := $(BUILD)/claimant
compiled_vocabulary := $(BUILD)/vocab.bin
compiled_rules      := $(BUILD)/rules.bin
vocabulary_page     := $(BUILD)/doc/vocabulary.html

# The copy at the root is that of the default build.
all: $(library) $(shared) $(program) $(compiled_vocabulary) $(compiled_rules) $(if $(filter build,$(BUILD)),claimant)

lib: $(library) $(shared)
unit: $(unit_programs) $(fuzz_programs)
fuzzers: $(fuzz_programs) $(compiled_vocabulary) $(compiled_rules)
doc: $(vocabulary_page)

claimant: $(program)
	$(call quiet,copy   )cp $< $@.new && mv -f $@.new $@

$(library): $(library_objects)
	$(call quiet,archive)rm -f $@ && $(AR) rcs $@ $^

# Exported is what claimant.h declares, and nothing else.
$(BUILD)/libclaimant.map: extractor/claimant.h
	@mkdir -p $(@D)
	$(call quiet,exports)(echo 'LIBCLAIMANT_0 { global:'; grep -oE '\bclaimant_[a-z_]+\(' $< | sort -u | tr '(' ';'; \
	  echo 'local: *; };') > $@

$(shared): $(library_objects) $(BUILD)/libclaimant.map
	$(call quiet,link   )$(link) -shared -Wl,-soname,$(soname) -Wl,--version-script=$(BUILD)/libclaimant.map \
	  $(if $(sanitize),,-Wl$(comma)--no-undefined) -o $@ $(library_objects) $(pkg_libs) -ldl -lm

$(program): $(command_objects) $(library)
	$(call quiet,link   )$(link) -o $@ $(command_objects) $(library) $(pkg_libs) -ldl -lm -pthread

$(compiled_vocabulary): $(vocabulary) $(filter $(BUILD)/extractor/vocab/%,$(library_objects)) | $(program)
	$(call quiet,vocab  )$(program) vocab compile vocab -o $@

$(compiled_rules): $(rule_files) $(filter $(BUILD)/extractor/rules/%,$(library_objects)) | $(program)
	$(call quiet,rules  )$(program) rules compile rules -o $@

$(vocabulary_page): vocab/claimant.ttl $(filter $(BUILD)/extractor/vocab/%,$(library_objects)) | $(program)
	@mkdir -p $(@D)
	$(call quiet,page   )$(program) vocab page $< -o $@

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(support_objects) $(library)
	@mkdir -p $(@D)
	$(call quiet,link   )$(link) -o $@ $(filter %.o %.a,$^) $(pkg_libs) $$(pkg-config --libs cmocka) -ldl -lm -pthread

# With libFuzzer's main, or one that runs a target on files.
fuzz_main := $(if $(fuzz),,$(BUILD)/tests/fuzz/replay.o)
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/target_%.o $(BUILD)/tests/fuzz/fuzz.o $(support_objects) $(fuzz_main) $(library)
	@mkdir -p $(@D)
	$(call quiet,link   )$(link) $(if $(fuzz),-fsanitize=fuzzer) -o $@ $(filter %.o %.a,$^) $(pkg_libs) $$(pkg-config --libs cmocka) -ldl -lm -pthread

$(BUILD)/tests/cost: $(BUILD)/tests/bench/cost.o
	$(call quiet,link   )$(link) -o $@ $<

$(BUILD)/tests/names: $(BUILD)/tests/bench/names.o $(library)
	$(call quiet,link   )$(link) -o $@ $^ $(pkg_libs)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,compile)$(compile) -c -o $@ $<

# The files that audit pages are made of, as C.
$(BUILD)/audit_assets.c: $(audit_assets) extractor/audit/embed.sh
	@mkdir -p $(@D)
	$(call quiet,embed  )extractor/audit/embed.sh $(audit_assets) > $@

# The context of JSON-LD, as C.
$(BUILD)/context.c: vocab/context.jsonld extractor/write/embed.sh
	@mkdir -p $(@D)
	$(call quiet,embed  )extractor/write/embed.sh $< > $@

$(BUILD)/audit_assets.o $(BUILD)/context.o: $(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags
	$(call quiet,compile)$(compile) -c -o $@ $<

# The one file that knows where the program is installed.
$(BUILD)/extractor/base/datadir.o: private places := -DCLAIMANT_DATADIR='"$(DATADIR)"'
$(BUILD)/extractor/base/datadir.o: $(BUILD)/prefix

# Stamps that change when the flags do, so that a build never mixes two sets of them.
stamp = @mkdir -p $(@D); echo '$(1)' | cmp -s - $@ || echo '$(1)' > $@
$(BUILD)/flags: always
	$(call stamp,$(CC) -fPIC $(CFLAGS) $(CPPFLAGS) $(sanitize) $(fuzz))
$(BUILD)/prefix: always
	$(call stamp,$(DATADIR))

.SECONDARY:
-include $(patsubst %.o,%.d,$(library_objects) $(command_objects) $(support_objects) \
           $(unit_sources:%.c=$(BUILD)/%.o) $(fuzz_sources:%.c=$(BUILD)/%.o) $(BUILD)/tests/fuzz/fuzz.o $(BUILD)/tests/bench/cost.o $(BUILD)/tests/bench/names.o)

# ---- What to do with it -----------------------------------------------------------

# These install what is missing, then call make anew so that pkg-config is asked afterwards.
demo:
	@tests/setup build
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@tests/demo $(program)

test:
	@tests/setup test
	@BUILD='$(BUILD)' tests/run

# What is kept of the sample letters, written anew.
golden: all
	@CLAIMANT=$(program) sh tests/cli/golden.sh --update

# The examples that every rule carries.
check: all
	$(program) check

bench: all $(BUILD)/tests/cost $(BUILD)/tests/names
	@tests/bench/speed.sh $(program) $(BUILD)/tests/cost
	@sh tests/bench/names.sh $(program) $(BUILD)/tests/names $(BUILD)/tests/cost

# What readers and engine do with input made at random: FUZZ_SECONDS in all, FUZZ_JOBS targets at a time,
# FUZZ_TARGETS (default: all); the corpus grows in FUZZ_CORPUS.
fuzz:
	@tests/setup test
	@tests/fuzz/fuzz

setup:
	@tests/setup test

share      = $(DESTDIR)$(DATADIR)
documents  = $(DESTDIR)$(PREFIX)/share/doc/claimant
manual     = $(DESTDIR)$(PREFIX)/share/man
libraries  = $(DESTDIR)$(LIBDIR)
completion = $(DESTDIR)$(PREFIX)/share
manuals   := $(wildcard extractor/man/*.[1-8])

install: all doc
	install -d $(DESTDIR)$(PREFIX)/bin $(libraries)/pkgconfig $(DESTDIR)$(PREFIX)/include $(share)/vocab
	install -m 755 $(program) $(DESTDIR)$(PREFIX)/bin/claimant
	install -m 644 $(library) $(libraries)/libclaimant.a
	install -m 644 $(shared) $(libraries)/libclaimant.so.$(version)
	ln -sf libclaimant.so.$(version) $(libraries)/$(soname)
	ln -sf $(soname) $(libraries)/libclaimant.so
	install -m 644 extractor/claimant.h $(DESTDIR)$(PREFIX)/include/claimant.h
	install -m 755 extractor/cluster/claimant-dask $(DESTDIR)$(PREFIX)/bin/claimant-dask
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@VERSION@|$(version)|' extractor/claimant.pc.in \
	  > $(libraries)/pkgconfig/claimant.pc
	for page in $(manuals); do install -D -m 644 $$page $(manual)/man$${page##*.}/$${page##*/} || exit 1; done
	install -D -m 644 extractor/completions/claimant.bash $(completion)/bash-completion/completions/claimant
	install -D -m 644 extractor/completions/claimant.zsh $(completion)/zsh/site-functions/_claimant
	install -D -m 644 extractor/completions/claimant.fish $(completion)/fish/vendor_completions.d/claimant.fish
	find rules vocab -type f -not -path 'vocab/scripts/*' -not -path 'vocab/sources/*' | while read -r file; do install -D -m 644 "$$file" "$(share)/$$file" || exit 1; done
	install -m 644 $(compiled_vocabulary) $(share)/vocab/vocab.bin
	install -m 644 $(compiled_rules) $(share)/vocab/rules.bin
	install -D -m 644 $(vocabulary_page) $(documents)/vocabulary.html
	find LICENSE LICENSES -type f | while read -r file; do install -D -m 644 "$$file" "$(share)/$$file" || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/claimant-dask
	rm -f $(DESTDIR)$(PREFIX)/bin/claimant $(DESTDIR)$(PREFIX)/include/claimant.h
	rm -f $(libraries)/libclaimant.a $(libraries)/libclaimant.so $(libraries)/libclaimant.so.* $(libraries)/pkgconfig/claimant.pc
	for page in $(manuals); do rm -f $(manual)/man$${page##*.}/$${page##*/}; done
	rm -f $(completion)/bash-completion/completions/claimant $(completion)/zsh/site-functions/_claimant
	rm -f $(completion)/fish/vendor_completions.d/claimant.fish
	rm -rf $(share) $(documents)

# A tarball of what is committed, which builds without a network; the same bytes whenever it is made of the same commit.
dist:
	@mkdir -p $(BUILD)
	$(call quiet,pack   )git archive --format=tar --prefix=claimant-$(version)/ HEAD | gzip -9n > $(BUILD)/claimant-$(version).tar.gz

# Debian packages of what is committed, in $(BUILD)/deb.
deb:
	@tests/setup package
	@extractor/package.sh $(BUILD) $(version)

clean:
	rm -rf $(BUILD) $(if $(filter build,$(BUILD)),claimant)

help:
	@echo 'make            build the library, the program and the compiled vocabulary'
	@echo 'make demo       install what is missing, build, and show the graph of a sample letter'
	@echo 'make test       install what is missing, build, and run every test'
	@echo 'make check      run the examples that the rules carry'
	@echo 'make golden     write the expected graphs of the sample letters anew, to be read before a commit'
	@echo 'make fuzz       FUZZ_SECONDS=300: feed readers and engine with input made at random (with clang)'
	@echo 'make bench      measure speed and memory'
	@echo 'make install    PREFIX=$(PREFIX) DESTDIR=$(DESTDIR); also: make uninstall'
	@echo 'make dist       a tarball that builds offline; make deb: Debian packages'
	@echo 'make doc        the terms of the graphs as a page, $(vocabulary_page)'
	@echo 'make clean      remove what was built'

.PHONY: all lib unit fuzzers fuzz doc demo test check bench golden setup install uninstall dist deb clean help always
.DELETE_ON_ERROR:
