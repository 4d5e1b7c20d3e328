#!/usr/bin/env python3
"""people.py LETTER...: who is named in letters, through libclaimant and ctypes."""
import ctypes
import sys


class Input(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("size", ctypes.c_size_t), ("format", ctypes.c_int),
                ("name", ctypes.c_char_p), ("rest", ctypes.c_void_p * 16)]  # what is not set is zero


class Span(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("start", "end", "byte_start", "byte_end")]


lib = ctypes.CDLL("libclaimant.so.0")
lib.claimant_item.restype = ctypes.c_void_p
lib.claimant_item_type.restype = lib.claimant_text.restype = ctypes.c_char_p
lib.claimant_item_span.restype = Span
lib.claimant_item_count.restype = ctypes.c_size_t

rules, document = ctypes.c_void_p(), ctypes.c_void_p()
if lib.claimant_rules_load(None, ctypes.byref(rules)):
    sys.exit("people.py: the installed rules cannot be loaded")
for name in sys.argv[1:]:
    letter = open(name, "rb").read()
    if lib.claimant_extract(rules, ctypes.byref(Input(letter, len(letter), 0, name.encode())), ctypes.byref(document)):
        sys.exit(f"people.py: {name} cannot be read")
    text = lib.claimant_text(document, None)
    for index in range(lib.claimant_item_count(document)):
        item = ctypes.c_void_p(lib.claimant_item(document, ctypes.c_size_t(index)))
        if lib.claimant_item_type(item) == b"Person":
            span = lib.claimant_item_span(document, item)
            print(text[span.byte_start:span.byte_end].decode())
    lib.claimant_document_free(document)
lib.claimant_rules_free(rules)
