#!/usr/bin/env bash
# Makes the typeface of printed documents: src/Cases/Printing/Fonts/README.md says what is in it.
#   deploy/print-font.sh NotoSansSC_400Regular.ttf
# Debian: python3-fonttools, unicode-data.
set -euo pipefail
[ -f "${1:-}" ] || { echo "usage: $0 NotoSansSC_400Regular.ttf" >&2; exit 2; }
fonts="$(dirname "$0")/../src/Cases/Printing/Fonts"
characters=$(mktemp)
trap 'rm -f "$characters"' EXIT
/usr/bin/python3 - >"$characters" <<'PYTHON'
import bz2

rows = (line.split("\t") for line in bz2.open("/usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt") if "\tkTGH\t" in line)
characters = {int(row[0][2:], 16) for row in rows}
for lead in range(0xB0, 0xF8):
    for trail in range(0xA1, 0xFF):
        characters |= {ord(c) for c in bytes([lead, trail]).decode("gb2312", errors="ignore")}
for first, last in [
    (0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x2000, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x22FF),
    (0x2460, 0x24FF), (0x2500, 0x257F), (0x25A0, 0x266F), (0x3000, 0x303F), (0xFF00, 0xFFEF),
]:
    characters |= set(range(first, last + 1))
print("\n".join(f"U+{c:04X}" for c in sorted(characters) if c <= 0xFFFF))
PYTHON
/usr/bin/python3 -m fontTools.subset "$1" --unicodes-file="$characters" --output-file="$fonts/NotoSansSC-Regular.subset.ttf" \
  --no-hinting --layout-features='' --glyph-names=0 --drop-tables+=GSUB,GPOS,GDEF,BASE,vhea,vmtx,VORG,DSIG
