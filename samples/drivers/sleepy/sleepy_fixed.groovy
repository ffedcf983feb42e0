/*
 * sleepy_fixed - a module that waits for a moment before it is ready.
 *
 * Shows: what has to wait waits before the lock is taken.
 * Run:   tophalf run samples/drivers/sleepy/sleepy_fixed.groovy
 */
MODULE_LICENSE('GPL')
DEFINE_SPINLOCK(lock)
int ready = 0

static int sleepy_init() {
    msleep(10)
    spin_lock(lock)
    ready = 1
    spin_unlock(lock)
    return 0
}
module_init(sleepy_init)

static void sleepy_exit() {
    pr_info('was ready: %d\n', ready)
}
module_exit(sleepy_exit)
