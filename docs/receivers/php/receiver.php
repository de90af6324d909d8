<?php

// Receives hookswitch's events in PHP 8.1 or newer with pdo_sqlite. PHP ends with each answer, so the work is another process:
//   WEBHOOK_SECRET="whsec_…" php -S 127.0.0.1:3000 receiver.php
//   php receiver.php
// PHP's own server is for trying: one wrong request of a stranger ends it. In front of the world, let this file answer the
// URL behind nginx or Apache, with display_errors off, for an error shows a part of the secret; keep the second command running with systemd or supervisord.

declare(strict_types=1);

const TOLERANCE_SECONDS = 5 * 60;
const MAX_SIGNATURES = 20; // More than any relay adds; bounds the work that a stranger can ask for.

/** Reads `whsec_…` (proves v1) and `whpk_…` (proves v1a), several with blanks between: any of them may have signed. */
function readSecrets(string $text): array
{
    $secrets = preg_split('/\s+/', $text, -1, PREG_SPLIT_NO_EMPTY);
    if ($secrets === []) {
        throw new RuntimeException('WEBHOOK_SECRET is not set');
    }
    return array_map(function (string $secret): array {
        [$kind, $base64] = explode('_', $secret, 2) + [1 => ''];
        $version = ['whsec' => 'v1', 'whpk' => 'v1a'][$kind] ?? null;
        $key = base64_decode($base64, true);
        $isShort = $version === 'v1a' && strlen((string) $key) !== SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES;
        if ($version === null || $key === false || $key === '' || $isShort) {
            throw new RuntimeException('WEBHOOK_SECRET is neither whsec_… nor whpk_…');
        }
        return ['version' => $version, 'key' => $key];
    }, $secrets);
}

/** Whether one of the secrets signed exactly these bytes, less than five minutes ago. */
function verify(string $id, string $timestamp, string $signatures, string $body, array $secrets, int $now): bool
{
    if ($id === '' || !ctype_digit($timestamp) || abs($now - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $content = "$id.$timestamp.$body";
    foreach (array_slice(explode(' ', $signatures), 0, MAX_SIGNATURES) as $text) {
        [$version, $base64] = explode(',', $text, 2) + [1 => ''];
        $signature = (string) base64_decode($base64, true);
        foreach ($secrets as $secret) {
            if ($secret['version'] === $version && isSigned($content, $signature, $secret)) {
                return true;
            }
        }
    }
    return false;
}

function isSigned(string $content, string $signature, array $secret): bool
{
    if ($secret['version'] === 'v1') {
        return hash_equals(hash_hmac('sha256', $content, $secret['key'], true), $signature);
    }
    return strlen($signature) === SODIUM_CRYPTO_SIGN_BYTES
        && sodium_crypto_sign_verify_detached($signature, $content, $secret['key']);
}

function openDatabase(): PDO
{
    $db = new PDO(getenv('DATABASE') ?: 'sqlite:' . __DIR__ . '/events.sqlite', null, null, [PDO::ATTR_TIMEOUT => 5]);
    // todo: 1 is new, 2 is here again because an operator replays it, 0 is done, -1 has failed.
    $db->exec('CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, body TEXT NOT NULL, todo INTEGER NOT NULL)');
    $db->exec('CREATE TABLE IF NOT EXISTS newest (subject TEXT PRIMARY KEY, body TEXT NOT NULL)');
    return $db;
}

function receive(): int
{
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        return 405;
    }
    $body = file_get_contents('php://input');
    $header = fn (string $name): string => $_SERVER["HTTP_WEBHOOK_$name"] ?? '';
    $secrets = readSecrets((string) getenv('WEBHOOK_SECRET'));
    if (!verify($header('ID'), $header('TIMESTAMP'), $header('SIGNATURE'), $body, $secrets, time())) {
        return 401;
    }
    if (!is_string(json_decode($body, true)['type'] ?? null)) {
        return 400;
    }
    // Keeps each event once, by its id; one that an operator replays is worked on again.
    $sql = 'INSERT INTO event VALUES (?, ?, 1) ON CONFLICT (id) DO UPDATE SET todo = 2 WHERE ? = \'1\'';
    openDatabase()->prepare($sql)->execute([$header('ID'), $body, $header('REPLAY')]);
    return 204;
}

/** Runs after the answer: works on what was kept, one after the other. */
function workForever(PDO $db): never
{
    // Not if a replay has come in between.
    $done = $db->prepare('UPDATE event SET todo = ? WHERE id = ? AND todo = ?');
    while (true) {
        foreach ($db->query('SELECT * FROM event WHERE todo > 0 ORDER BY rowid LIMIT 100')->fetchAll() as $row) {
            $db->exec('BEGIN IMMEDIATE');
            try {
                work($db, $row['body'], $row['todo'] === 2);
                $done->execute([0, $row['id'], $row['todo']]);
                $db->exec('COMMIT');
            } catch (Throwable $error) {
                $db->exec('ROLLBACK');
                $done->execute([-1, $row['id'], $row['todo']]);
                echo "failed {$row['id']}: {$error->getMessage()}", PHP_EOL;
            }
        }
        usleep(200_000);
    }
}

function work(PDO $db, string $body, bool $again): void
{
    $event = decode($body);
    $subject = $event['subject'] ?? $event['id'];
    $key = "{$event['source']} $subject";
    $held = $db->prepare('SELECT body FROM newest WHERE subject = ?');
    $held->execute([$key]);
    $held = $held->fetchColumn();
    $late = $held !== false && isOutdated($event, decode($held));
    if (!$late) {
        $db->prepare('REPLACE INTO newest VALUES (?, ?)')->execute([$key, $body]);
    }
    $corrects = isset($event['corrects']) ? "corrects {$event['corrects']}" : null;
    $marks = array_filter([$late ? 'late' : null, $again ? 'again' : null, $corrects]);
    echo match ($event['type']) {
        // Yours: an upsert of the call, unless it is late.
        'call.completed', 'call.dispositioned' => implode(' ', [$event['type'], $subject, ...$marks]),
        // There will be new types: never fail because of one.
        default => "ignored {$event['type']}",
    }, PHP_EOL;
}

/** Events come in any order: a late one may not overwrite a newer one, a correction always does. */
function isOutdated(array $event, array $held): bool
{
    if (($event['corrects'] ?? null) === $held['id']) {
        return false;
    }
    if (($held['corrects'] ?? null) === $event['id']) {
        return true;
    }
    $order = fn (array $of): array => [new DateTimeImmutable($of['time']), $of['sequence']];
    return $order($event) < $order($held);
}

/** Ids and amounts may have more digits than a float has. */
function decode(string $body): array
{
    return json_decode($body, true, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
}

if (PHP_SAPI === 'cli') {
    workForever(openDatabase());
}
http_response_code(500); // Until it is kept: whatever fails before that, it comes again.
http_response_code(receive());
