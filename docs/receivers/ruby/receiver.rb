# Receives hookswitch's events in Ruby 3.1 or newer; its HTTP server is a gem of its own:
#   gem install webrick
#   WEBHOOK_SECRET="whsec_…" PORT=3000 ruby receiver.rb
require "json"
require "openssl"
require "time"
require "webrick"

TOLERANCE_SECONDS = 5 * 60
MAX_BYTES = 8 * 1024 * 1024
# More than any relay adds; bounds the work that a stranger can ask for.
MAX_SIGNATURES = 20
# What stands before the 32 bytes of an ed25519 key in DER (RFC 8410).
ED25519_DER = ["302a300506032b6570032100"].pack("H*")

# Reads whsec_… (proves v1) and whpk_… (proves v1a), several with blanks between: any of them may have signed.
def read_secrets(text)
  abort "WEBHOOK_SECRET is not set" if text.strip.empty?
  text.split.map do |secret|
    case secret.split("_", 2)
    in ["whsec", base64] then ["v1", base64.unpack1("m0")]
    in ["whpk", base64] then ["v1a", OpenSSL::PKey.read(ED25519_DER + base64.unpack1("m0"))]
    else abort "WEBHOOK_SECRET is neither whsec_… nor whpk_…"
    end
  end
end

# Whether one of the secrets signed exactly these bytes, less than five minutes ago. now: seconds since the epoch.
def verified?(headers, body, secrets, now)
  id, timestamp, signatures = headers.values_at("webhook-id", "webhook-timestamp", "webhook-signature")
  return false if id.to_s.empty? || signatures.nil? || !timestamp.to_s.match?(/\A\d+\z/)
  return false if (now - timestamp.to_i).abs > TOLERANCE_SECONDS

  content = "#{id}.#{timestamp}.".b + body.b
  signatures.split.first(MAX_SIGNATURES).any? do |text|
    version, base64 = text.split(",", 2)
    secrets.any? { |kind, key| kind == version && signed?(content, base64.to_s.unpack1("m"), kind, key) }
  end
end

def signed?(content, signature, version, key)
  return key.verify(nil, signature, content) if version == "v1a"

  OpenSSL.secure_compare(OpenSSL::HMAC.digest("SHA256", key, content), signature)
rescue OpenSSL::PKey::PKeyError
  false
end

# Keeps events in memory, so that this file runs alone: a restart forgets. Yours are two tables, and what is kept is written
# before the answer.
class Inbox
  def initialize
    @known = {}
    @newest = {}
    @todo = Queue.new
    @mutex = Mutex.new
    Thread.new { loop { work_next } }
  end

  # Keeps each event once, by its id; one that an operator replays is worked on again.
  def keep(id, event, is_replay)
    again = @mutex.synchronize { @known.key?(id).tap { @known[id] = true } }
    @todo << [event, again] if is_replay || !again
  end

  private

  # Runs after the answer.
  def work_next
    work(*@todo.pop)
  rescue StandardError => error
    puts "failed #{error.message}" # Yours: tried again from its table.
  end

  def work(event, again)
    subject = event["subject"] || event["id"]
    key = [event["source"], subject]
    held = @newest[key]
    late = !held.nil? && outdated?(event, held)
    @newest[key] = event unless late
    marks = [("late" if late), ("again" if again), ("corrects #{event["corrects"]}" if event["corrects"])].compact
    case event["type"]
    when "call.completed", "call.dispositioned" # Yours: an upsert of the call, unless it is late.
      puts [event["type"], subject, *marks].join(" ")
    else # There will be new types: never fail because of one.
      puts "ignored #{event["type"]}"
    end
  end

  # Events come in any order: a late one may not overwrite a newer one, a correction always does.
  def outdated?(event, held)
    return false if event["corrects"] == held["id"]
    return true if held["corrects"] == event["id"]

    (order(event) <=> order(held)).negative?
  end

  def order(event) = [Time.iso8601(event["time"]), event["sequence"]]
end

# What was sent, whether its length was told before or not.
def read_body(request)
  too_long = WEBrick::HTTPStatus::RequestEntityTooLarge
  raise too_long if request["content-length"].to_i > MAX_BYTES
  return "" unless request["content-length"] || request["transfer-encoding"]

  body = +""
  request.body do |chunk|
    raise too_long if body.bytesize + chunk.bytesize > MAX_BYTES

    body << chunk
  end
  body
end

def receive(request, secrets, inbox)
  return 405 unless request.request_method == "POST"

  headers = request.header.transform_values(&:first)
  body = read_body(request)
  return 401 unless verified?(headers, body, secrets, Time.now.to_i)

  event = JSON.parse(body)
  return 400 unless event.is_a?(Hash) && event.key?("type")

  inbox.keep(headers["webhook-id"], event, headers["webhook-replay"] == "1")
  204
rescue JSON::ParserError
  400
end

$stdout.sync = true
secrets = read_secrets(ENV.fetch("WEBHOOK_SECRET", ""))
inbox = Inbox.new
port = Integer(ENV.fetch("PORT", "3000"))
server = WEBrick::HTTPServer.new(Port: port, AccessLog: [], Logger: WEBrick::Log.new($stderr, WEBrick::Log::WARN))
server.mount_proc("/") { |request, response| response.status = receive(request, secrets, inbox) }
%w[INT TERM].each { |signal| trap(signal) { server.shutdown } }
server.start
