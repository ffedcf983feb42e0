/*
 * ledger - two accounts, and money that goes from one to the other.
 *
 * Shows: two locks of one class, taken together in an order that both directions share, and said so to the lock checker.
 * Run:   tophalf run samples/drivers/ledger/ledger.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('Two accounts')

class account {
    mutex lock                          // protects balance
    int number
    long balance
}

account[] accounts = new account[2]

/** Takes the locks of both, the one with the lower number first. */
static void lock_both(account a, account b) {
    account first = a.number < b.number ? a : b
    account second = first == a ? b : a
    mutex_lock(first.lock)
    mutex_lock_nested(second.lock, SINGLE_DEPTH_NESTING)
}

static void transfer(account from, account to, long amount) {
    lock_both(from, to)
    from.balance -= amount
    to.balance += amount
    mutex_unlock(to.lock)
    mutex_unlock(from.lock)
}

static int ledger_init() {
    for (int i = 0; i < 2; i++) {
        account a = kzalloc(account, GFP_KERNEL)
        if (!a) break
        mutex_init(a.lock)
        a.number = i
        a.balance = 100
        accounts[i] = a
    }
    if (!accounts[1]) {
        kfree(accounts[0])
        return -ENOMEM
    }
    transfer(accounts[0], accounts[1], 10)
    transfer(accounts[1], accounts[0], 30)
    pr_info('ledger: %ld and %ld\n', accounts[0].balance, accounts[1].balance)
    return 0
}
module_init(ledger_init)

static void ledger_exit() {
    kfree(accounts[0])
    kfree(accounts[1])
}
module_exit(ledger_exit)
