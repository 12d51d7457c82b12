// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Detector.Cases.Attachments;
using Detector.Cases.Dossier;
using Detector.Metering;

namespace Detector.Cases.Tests.Dossier;

/// <summary>A signed dossier: who made it is checked offline, and nobody else can make it anew.</summary>
public sealed class DossierSignatureTests
{
    private CasesBench _bench = null!;
    private string _id = null!;
    private string _public = null!;
    private byte[] _file = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        using var key = RSA.Create(3072);
        _public = _bench.Folder.In("public.pem");
        await File.WriteAllTextAsync(_public, key.ExportSubjectPublicKeyInfoPem());
        _bench.Options.Dossier.SigningKey = _bench.Folder.In("private.pem");
        await File.WriteAllTextAsync(_bench.Options.Dossier.SigningKey, key.ExportPkcs8PrivateKeyPem());
        _id = await _bench.OpenConfirmedAsync();
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default);
        var attachments = new AttachmentDesk(_bench.Desk);
        await attachments.AttachAsync(_id, "lease.pdf", "%PDF-1.7"u8.ToArray(), CasesBench.Ana, null, default);
        await attachments.AttachAsync(_id, "remarks.txt", "Hall 2"u8.ToArray(), CasesBench.Ana, null, default);
        _file = await MakeAsync();
    }

    [OneTimeTearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task It_is_checked_with_the_public_key_and_the_same_when_remade()
    {
        Assert.That(DossierVerifier.Verify(_file, _public), Has.Property(nameof(DossierState.Intact)).True.And.Property(nameof(DossierState.Signature)).EqualTo(SignatureState.Valid));
        Assert.That(DossierVerifier.Verify(_file).Signature, Is.EqualTo(SignatureState.Unchecked));
        Assert.That(await MakeAsync(), Is.EqualTo(_file));
    }

    [Test]
    public void Another_key_or_no_signature_is_a_fault()
    {
        using var other = RSA.Create(3072);
        var file = _bench.Folder.In("other.pem");
        File.WriteAllText(file, other.ExportSubjectPublicKeyInfoPem());
        Assert.That(DossierVerifier.Verify(_file, file).FirstFault, Is.EqualTo("SHA256SUMS.sig is not by the key given."));
        Assert.That(Forge(e => e.Remove(DossierFormat.Signature)), Is.EqualTo("SHA256SUMS.sig is missing: the file is not signed."));
        Assert.That(Forge(e => e["dossier.html"] = "nothing"u8.ToArray()), Is.EqualTo("SHA256SUMS.sig is not by the key given."), "the chain does not speak of the page; the signature does");
    }

    [TestCase(1024)]
    [TestCase(0)]
    public void A_key_that_cannot_sign_is_named_with_its_setting(int bits)
    {
        using var key = RSA.Create(Math.Max(bits, 1024));
        var file = _bench.Folder.In($"bad{bits}.pem");
        File.WriteAllText(file, bits == 0 ? "no key" : key.ExportPkcs8PrivateKeyPem());
        Assert.That(() => DossierSignature.IsReady(new DossierOptions { SigningKey = file }), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("Cases:Dossier:SigningKey"));
        Assert.That(() => DossierSignature.IsReady(new DossierOptions { SigningKey = _public }), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("public key"));
        Assert.That(() => DossierSignature.IsReady(new DossierOptions { SigningKey = file + "x" }), Throws.InstanceOf<InvalidDataException>());
        Assert.That(DossierSignature.IsReady(new DossierOptions()), Is.False);
    }

    /// <summary>Any byte of the file, whether or not a key is at hand; the fault says where.</summary>
    [Test]
    public void A_changed_byte_is_found_and_located([Range(1, 100)] int seed)
    {
        var random = new Random(seed);
        var changed = _file.ToArray();
        var at = random.Next(changed.Length);
        changed[at] ^= (byte)(1 << random.Next(8));
        Assert.That(DossierVerifier.Verify(changed, _public).FirstFault, Is.Not.Null.And.Not.Empty, $"byte {at}");
        Assert.That(DossierVerifier.Verify(changed).FirstFault, Is.Not.Null.And.Not.Empty, $"byte {at} without a key");
    }

    /// <summary>A forger who makes every checksum anew but has no key: contents changed, swapped and taken out, rows changed, swapped and taken out.</summary>
    [Test]
    public void A_forgery_with_fitting_checksums_is_found_and_located([Range(1, 100)] int seed)
    {
        var random = new Random(seed);
        var what = string.Empty;
        var fault = Forge(entries => what = Tamper(entries, random));
        Assert.That(fault, Is.Not.Null.And.Not.Empty, what);
        if (what.StartsWith("row", StringComparison.Ordinal) || what.Contains("attachments/", StringComparison.Ordinal))
        {
            Assert.That(fault, Does.Not.Contain("SHA256SUMS"), $"{what}: the chain says where, without the key");
        }
    }

    private static string Tamper(SortedDictionary<string, byte[]> entries, Random random)
    {
        var names = entries.Keys.Where(DossierFormat.IsSummed).ToArray();
        var name = names[random.Next(names.Length)];
        var rows = random.Next(2) == 0 ? DossierFormat.History : DossierFormat.Audit;
        switch (random.Next(6))
        {
            case 0:
                entries[name][random.Next(entries[name].Length)] ^= (byte)(1 << random.Next(8));
                return $"a byte of {name}";
            case 1:
                entries.Remove(name);
                return $"{name} taken out";
            case 2:
                var other = names[(Array.IndexOf(names, name) + 1) % names.Length];
                (entries[name], entries[other]) = (entries[other], entries[name]);
                return $"{name} and {other} swapped";
            default:
                var list = JsonNode.Parse(entries[rows])!.AsArray();
                var done = TamperRow(list, random);
                entries[rows] = Encoding.UTF8.GetBytes(list.ToJsonString(FindingJson.Indented));
                return $"{done} of {rows}";
        }
    }

    private static string TamperRow(JsonArray list, Random random)
    {
        var at = random.Next(list.Count - 1);
        var row = list[at]!.AsObject();
        switch (random.Next(3))
        {
            case 0:
                list.RemoveAt(at);
                return $"row {at} taken out";
            case 1:
                list.RemoveAt(at);
                list.Insert(at + 1, row);
                return $"rows {at} and {at + 1} swapped";
            default:
                var texts = row.Where(p => p.Value is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.String && value.GetValue<string>().Length > 0).Select(p => p.Key).ToArray();
                var key = texts[random.Next(texts.Length)];
                var text = row[key]!.GetValue<string>().ToCharArray();
                var place = random.Next(text.Length);
                text[place] = text[place] == '7' ? '8' : '7';
                row[key] = new string(text);
                return $"row {at}, its {key},";
        }
    }

    private string? Forge(Action<SortedDictionary<string, byte[]>> change)
    {
        var entries = DossierFiles.Unpack(_file);
        change(entries);
        if (entries.ContainsKey(DossierFormat.Sums))
        {
            entries[DossierFormat.Sums] = DossierFormat.SumsOf(entries);
        }

        return DossierVerifier.Verify(DossierFormat.Pack(entries), _public).FirstFault;
    }

    private Task<byte[]> MakeAsync() => DossierFiles.WriteAsync(
        _bench,
        _id,
        new DossierSources { Readings = async (_, range, csv, cancel) => await csv.WriteAsync(Encoding.UTF8.GetBytes($"timestamp_utc,value_kw\n{UtcText.Write(range.From)},12.5\n"), cancel) });
}
