/*
 * sleepy_fixed - a module that waits for a moment before it is ready.
 *
 * Shows: what has to wait waits before the lock is taken.
 * Run:   tophalf run samples/drivers/sleepy/sleepy_fixed.groovy
 */
MODULE_LICENSE('GPL')
DEFINE_SPINLOCK(lock)

static int sleepy_init() {
    msleep(10)
    spin_lock(lock)
    spin_unlock(lock)
    return 0
}
module_init(sleepy_init)
