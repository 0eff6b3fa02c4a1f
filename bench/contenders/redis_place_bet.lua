-- Places a bet. A script is atomic in Redis; what it wrote is synced before its reply leaves.
-- KEYS: account, its requests, its bets, selection, audit stream.
-- ARGV: account id, request id, market id, selection id, price num, price den, stake, time.
-- Answers {outcome, balance}; a request id that was used before answers what happened then.

local earlier = redis.call('HGET', KEYS[2], ARGV[2])
local account = redis.call('HMGET', KEYS[1], 'balance', 'seq')
if not account[1] then return {'account-unknown', '0'} end
if earlier then return {earlier, account[1]} end

local selection = redis.call('HMGET', KEYS[4], 'status', 'num', 'den', 'liability', 'cap', 'version')
local stake = tonumber(ARGV[7])
local returns = math.floor(stake * tonumber(ARGV[5]) / tonumber(ARGV[6]))
local balance = tonumber(account[1])
local seq = tonumber(account[2]) + 1
local liability = tonumber(selection[4] or '0') + returns - stake

local outcome = 'bet.placed'
if selection[1] ~= 'open' then outcome = 'market-closed'
elseif selection[2] ~= ARGV[5] or selection[3] ~= ARGV[6] then outcome = 'price-changed'
elseif balance < stake then outcome = 'insufficient-funds'
elseif liability > tonumber(selection[5]) then outcome = 'liability-cap' end

local record = cjson.encode({
  actor = 'player:' .. ARGV[1], marketId = ARGV[3], selectionId = ARGV[4],
  marketVersion = selection[6], priceNum = ARGV[5], priceDen = ARGV[6], stakeMinor = stake,
  potentialReturnsMinor = returns,
})
if outcome == 'bet.placed' then
  balance = balance - stake
  redis.call('HSET', KEYS[4], 'liability', string.format('%.0f', liability))
  redis.call('HSET', KEYS[3], seq, record)
  redis.call('HINCRBY', KEYS[1], 'atRisk', stake)
end
local balanceText = string.format('%.0f', balance)
redis.call('HSET', KEYS[1], 'balance', balanceText, 'seq', seq)
redis.call('HSET', KEYS[2], ARGV[2], outcome)
redis.call('XADD', KEYS[5], '*', 'account', ARGV[1], 'seq', seq, 'request', ARGV[2], 'at', ARGV[8],
  'type', outcome, 'record', record, 'balance', balanceText)
return {outcome, balanceText}
