/*
 * ledger - money that goes between two accounts, and a fee for the house.
 *
 * Shows: a deadlock that waits for its day: nothing happens in this run, but two tasks could each hold one lock.
 * Wrong: a payment takes the till after the account, a refund the account after the till.
 * Right: ledger.groovy
 * Run:   tophalf run samples/drivers/ledger/ledger_two_orders.groovy
 */
MODULE_LICENSE('GPL')

DEFINE_MUTEX(account)
DEFINE_MUTEX(till)
long balance = 100
long fees = 0

static void pay(long amount) {
    mutex_lock(account)
    balance -= amount + 1
    mutex_lock(till)
    fees += 1
    mutex_unlock(till)
    mutex_unlock(account)
}

static void refund(long amount) {
    mutex_lock(till)
    fees -= 1
    mutex_lock(account)                 // expect: lock-order-cycle
    balance += amount + 1
    mutex_unlock(account)
    mutex_unlock(till)
}

static int ledger_init() {
    pay(10)
    refund(10)
    return 0
}
module_init(ledger_init)

static void ledger_exit() { }
module_exit(ledger_exit)
