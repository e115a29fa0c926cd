using System.Security.Cryptography;
using System.Text;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>Checks passwords, and remembers for a while how that ended: a push per second should not cost a slow hash each.</summary>
/// <remarks>
/// <para>What is remembered are keyed hashes with a key of this process, so memory holds no passwords, and they belong to one
/// <see cref="CredentialSet"/>: another content of the file forgets all.</para>
/// <para>Equal logins at the same time are checked once, and no more than half of the processors check, so that strangers cannot
/// take them all; where many wait, more are sent away.</para>
/// </remarks>
internal sealed class PasswordLogins(TimeProvider time, int runningMax = PasswordLogins.RunningMaxDefault)
{
    /// <summary>Logins remembered; of wrong ones there can be any number.</summary>
    private const int RememberedMax = 1000;

    /// <summary>Different logins that wait for a processor; more would wait longer than clients do.</summary>
    private const int RunningMaxDefault = 50;

    /// <summary>A wrong password costs a slow hash once in this time, however often it is sent.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly SemaphoreSlim _processors = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Login> _right = new(StringComparer.Ordinal), _wrong = new(StringComparer.Ordinal);
    private readonly Queue<string> _rightOrder = new(), _wrongOrder = new();
    private readonly Dictionary<string, Task<Identity?>> _running = new(StringComparer.Ordinal);
    private CredentialSet? _set;

    /// <summary>How often a slow hash was computed.</summary>
    public int Checks { get; private set; }

    /// <summary>Begins to look for the user; false where too many wait already.</summary>
    /// <param name="set">The credentials in force.</param>
    /// <param name="user">Name of the user.</param>
    /// <param name="password">Password of the user.</param>
    /// <param name="login">The user, or null.</param>
    /// <param name="isJoined">Whether an equal login was under way already.</param>
    public bool TryBegin(CredentialSet set, string user, string password, out Task<Identity?> login, out bool isJoined)
    {
        var key = Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{user}:{password}")));
        lock (_gate)
        {
            if (!ReferenceEquals(set, _set)) Forget(set);
            isJoined = _running.TryGetValue(key, out var running);
            login = running ?? Task.FromResult<Identity?>(null);
            if (isJoined) return true;
            if ((_right.TryGetValue(key, out var known) || _wrong.TryGetValue(key, out known)) && known.Until > time.GetUtcNow())
            {
                login = Task.FromResult(known.Identity);
                return true;
            }
            if (_running.Count >= runningMax) return false;
            Checks++;
            // On another thread, which meets the lock before it ends: the entry is there before it is removed.
            login = _running[key] = Task.Run(() => CheckAsync(set, user, password, key));
            return true;
        }
    }

    private async Task<Identity?> CheckAsync(CredentialSet set, string user, string password, string key)
    {
        await _processors.WaitAsync();
        try
        {
            var identity = set.OfPassword(user, password);
            lock (_gate)
            {
                if (ReferenceEquals(set, _set)) Remember(key, identity);
            }
            return identity;
        }
        finally
        {
            _processors.Release();
        }
    }

    private void Remember(string key, Identity? identity)
    {
        _running.Remove(key);
        var (known, order) = identity is null ? (_wrong, _wrongOrder) : (_right, _rightOrder);
        if (!known.ContainsKey(key)) order.Enqueue(key);
        known[key] = new Login(identity, time.GetUtcNow() + Memory);
        if (order.Count > RememberedMax) known.Remove(order.Dequeue());
    }

    private void Forget(CredentialSet set)
    {
        _set = set;
        _right.Clear();
        _wrong.Clear();
        _rightOrder.Clear();
        _wrongOrder.Clear();
        _running.Clear();
    }

    private sealed record Login(Identity? Identity, DateTimeOffset Until);
}
