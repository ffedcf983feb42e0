/*
 * sleepy - a module that waits for a moment before it is ready.
 *
 * Wrong: it sleeps while it holds a spinlock.
 * Right: sleepy_fixed.groovy
 * Run:   tophalf run samples/drivers/sleepy/sleepy.groovy
 */
MODULE_LICENSE('GPL')
DEFINE_SPINLOCK(lock)

static int sleepy_init() {
    spin_lock(lock)
    msleep(10)                      // expect: sleep-in-atomic
    spin_unlock(lock)
    return 0
}
module_init(sleepy_init)
