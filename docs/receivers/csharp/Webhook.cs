using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

/// <summary>Standard Webhooks, version v1 (HMAC-SHA256). .NET has no ed25519 of its own: v1a (whpk_…) needs a package.</summary>
public static class Webhook
{
    const int ToleranceSeconds = 5 * 60;
    /// <summary>More than any relay adds; bounds the work that a stranger can ask for.</summary>
    const int MaxSignatures = 20;

    /// <summary>Reads whsec_…, several with blanks between: any of them may have signed.</summary>
    public static byte[][] ReadSecrets(string text)
    {
        var words = text.Split(new char[0], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || !words.All(word => word.StartsWith("whsec_", StringComparison.Ordinal) && word.Length > 6))
        {
            throw new ArgumentException("WEBHOOK_SECRET: whsec_…, several with blanks between");
        }
        return words.Select(word => Convert.FromBase64String(word.Substring("whsec_".Length))).ToArray();
    }

    /// <summary>Whether one of the secrets signed exactly these bytes, less than five minutes ago.</summary>
    /// <param name="now">Seconds since the epoch.</param>
    public static bool Verify(string id, string timestamp, string signatures, byte[] body, byte[][] secrets, long now)
    {
        if (id.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return false;
        if (Math.Abs(now - at) > ToleranceSeconds) return false;
        var content = Encoding.UTF8.GetBytes(id + "." + timestamp + ".").Concat(body).ToArray();
        return signatures.Split(' ').Take(MaxSignatures).Any(signature => secrets.Any(secret => IsSigned(content, signature, secret)));
    }

    static bool IsSigned(byte[] content, string signature, byte[] secret)
    {
        using (var hmac = new HMACSHA256(secret))
        {
            var right = "v1," + Convert.ToBase64String(hmac.ComputeHash(content));
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(right), Encoding.UTF8.GetBytes(signature));
        }
    }
}
