// SPDX-License-Identifier: Apache-2.0
using Microsoft.EntityFrameworkCore;

namespace Detector.Cases.Stores.Relational;

/// <summary>The tables, for every relational database; the schema itself is each database's own SQL.</summary>
internal sealed class CasesContext(DbContextOptions<CasesContext> options) : DbContext(options)
{
    public DbSet<CaseRow> Cases => Set<CaseRow>();

    public DbSet<CaseEventRow> Events => Set<CaseEventRow>();

    public DbSet<EvidenceRow> Evidence => Set<EvidenceRow>();

    public DbSet<VerdictRow> Verdicts => Set<VerdictRow>();

    public DbSet<MeterRow> Meters => Set<MeterRow>();

    public DbSet<SiteRow> Sites => Set<SiteRow>();

    public DbSet<AuditLinkRow> Audit => Set<AuditLinkRow>();

    public DbSet<AuditHeadRow> AuditHead => Set<AuditHeadRow>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<AnswerRow> Answers => Set<AnswerRow>();

    public DbSet<WebhookRow> Webhooks => Set<WebhookRow>();

    public DbSet<ParkedRow> Parked => Set<ParkedRow>();

    public DbSet<AttachmentRow> Attachments => Set<AttachmentRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CaseRow>().ToTable("cases").HasKey(r => r.Number);
        modelBuilder.Entity<CaseEventRow>().ToTable("case_events").HasKey(r => r.Sequence);
        modelBuilder.Entity<EvidenceRow>().ToTable("case_evidence").HasKey(r => new { r.CaseNumber, r.EvidenceVersion });
        modelBuilder.Entity<VerdictRow>().ToTable("verdicts").HasKey(r => r.Sequence);
        modelBuilder.Entity<MeterRow>().ToTable("meters_now").HasKey(r => r.Meter);
        modelBuilder.Entity<SiteRow>().ToTable("sites_now").HasKey(r => r.Site);
        modelBuilder.Entity<AuditLinkRow>().ToTable("audit").HasKey(r => r.Sequence);
        modelBuilder.Entity<AuditHeadRow>().ToTable("audit_head").HasKey(r => r.Id);
        modelBuilder.Entity<OutboxRow>().ToTable("outbox").HasKey(r => r.Sequence);
        modelBuilder.Entity<AnswerRow>().ToTable("answers").HasKey(r => new { r.Actor, r.Key, r.Part });
        modelBuilder.Entity<WebhookRow>().ToTable("webhooks").HasKey(r => r.Endpoint);
        modelBuilder.Entity<ParkedRow>().ToTable("webhooks_parked").HasKey(r => new { r.Endpoint, r.Sequence });
        modelBuilder.Entity<AttachmentRow>().ToTable("attachments").HasKey(r => r.Sequence);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Column(property.Name));
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }

    /// <summary><c>EvidenceVersion</c> as <c>evidence_version</c>.</summary>
    private static string Column(string property) =>
        string.Concat(property.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
