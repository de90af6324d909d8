// Receives hookswitch's events in .NET 10, with nothing to install:
//   WEBHOOK_SECRET="whsec_…" PORT=3000 dotnet run
using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

var secrets = Webhook.ReadSecrets(Environment.GetEnvironmentVariable("WEBHOOK_SECRET") ?? "");
var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<Inbox>();
builder.Services.AddHostedService<Worker>();
var app = builder.Build();

app.MapPost("/{**path}", async (HttpRequest request, Inbox inbox) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer); // Kestrel takes 30 MB at most.
    var body = buffer.ToArray();
    string Header(string name) => request.Headers[name].ToString();
    var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    var (id, time) = (Header("webhook-id"), Header("webhook-timestamp"));
    if (!Webhook.Verify(id, time, Header("webhook-signature"), body, secrets, now)) return Results.Unauthorized();
    Event? hookEvent;
    try
    {
        hookEvent = JsonSerializer.Deserialize<Event>(body, JsonSerializerOptions.Web);
    }
    catch (JsonException)
    {
        return Results.BadRequest();
    }
    if (hookEvent?.Type is null) return Results.BadRequest();
    inbox.Keep(id, hookEvent, Header("webhook-replay") == "1");
    return Results.NoContent();
});

app.Run($"http://*:{port}");

/// <summary>An event, as far as this program reads it. Digits of Data stay as they came.</summary>
record Event(
    string Id, string Source, string Type, string? Subject, DateTimeOffset Time, string Sequence, string? Corrects, JsonElement Data)
{
    /// <summary>Events come in any order: a late one may not overwrite a newer one, a correction always does.</summary>
    public bool IsOutdatedBy(Event held)
    {
        if (Corrects == held.Id) return false;
        if (held.Corrects == Id) return true;
        var order = Time.CompareTo(held.Time);
        return order == 0 ? string.CompareOrdinal(Sequence, held.Sequence) < 0 : order < 0;
    }
}

/// <summary>
/// Keeps events in memory, so that this program runs alone: a restart forgets. Yours are two tables, and what is kept is
/// written before the answer.
/// </summary>
class Inbox
{
    readonly ConcurrentDictionary<string, bool> known = new();

    public Channel<(Event Event, bool Again)> Todo { get; } = Channel.CreateUnbounded<(Event, bool)>();

    /// <summary>Keeps each event once, by its id; one that an operator replays is worked on again.</summary>
    public void Keep(string id, Event hookEvent, bool isReplay)
    {
        var again = !known.TryAdd(id, true);
        if (isReplay || !again) Todo.Writer.TryWrite((hookEvent, again));
    }
}

/// <summary>Works after the answer, on one event at a time.</summary>
class Worker(Inbox inbox, ILogger<Worker> logger) : BackgroundService
{
    readonly Dictionary<(string, string), Event> newest = [];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await foreach (var (hookEvent, again) in inbox.Todo.Reader.ReadAllAsync(stopping))
        {
            try
            {
                Work(hookEvent, again);
            }
            catch (Exception error)
            {
                logger.LogError(error, "failed {Id}", hookEvent.Id); // Yours: tried again from its table.
            }
        }
    }

    void Work(Event hookEvent, bool again)
    {
        var subject = hookEvent.Subject ?? hookEvent.Id;
        var key = (hookEvent.Source, subject);
        var late = newest.TryGetValue(key, out var held) && hookEvent.IsOutdatedBy(held);
        if (!late) newest[key] = hookEvent;
        var marks = (late ? " late" : "") + (again ? " again" : "");
        if (hookEvent.Corrects is string corrected) marks += $" corrects {corrected}";
        switch (hookEvent.Type)
        {
            case "call.completed" or "call.dispositioned": // Yours: an upsert of the call, unless it is late.
                Console.WriteLine($"{hookEvent.Type} {subject}{marks}");
                break;
            default: // There will be new types: never fail because of one.
                Console.WriteLine($"ignored {hookEvent.Type}");
                break;
        }
    }
}
