/*
 * endless - never gets anywhere.
 *
 * Wrong: it loops for ever as soon as it is loaded.
 */
MODULE_LICENSE('GPL')

static int endless_init() {
    while (true) {
    }
}
module_init(endless_init)
