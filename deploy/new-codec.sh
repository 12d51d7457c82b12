#!/usr/bin/env bash
# ./dev new codec NAME: the folder, a codec that rejects everything, its line in the catalogue, its profile, and an example that fails until it decodes.
set -euo pipefail
name=$1
[[ "$name" =~ ^[A-Z][A-Za-z0-9]+$ ]] || { echo "NAME must be a type name, such as Senml" >&2; exit 2; }
folder=src/Codecs/$name
[ ! -e "$folder" ] || { echo "$folder exists" >&2; exit 2; }
key=$(printf '%s' "$name" | sed -E 's/([a-z0-9])([A-Z])/\1-\2/g' | tr '[:upper:]' '[:lower:]')
mkdir -p "$folder/examples"
cat > "$folder/${name}Codec.cs" <<CS
// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs.$name;

/// <summary>Decodes ...: say what, by which specification.</summary>
internal sealed class ${name}Codec : IPayloadCodec
{
    /// <inheritdoc />
    public string Name => "$key";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings) =>
        DecodeResult.Rejected(RejectKind.Malformed, 0, "This codec does not decode yet.");
}
CS
printf '# %s\n\nWhat it decodes, by which specification, and what it rejects.\n' "$key" > "$folder/README.md"
printf 'payload' > "$folder/examples/first.in"
printf '[]\n' > "$folder/examples/first.expected.json"
sed -i "s/^        return catalog;/        catalog.Add(new $name.${name}Codec());\n        return catalog;/" src/Codecs/CodecCatalog.cs
sed -i "s|^        yield return (\"zigbee2mqtt\"|        yield return (\"$key\", new TopicMapping { Topic = \"$key/{meter}\", Codec = \"$key\" });\n&|" src/Codecs/MappingProfiles.cs
echo "$folder: write the codec, then its example; ./dev test"
