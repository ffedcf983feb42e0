/*
 * exit - wants to leave.
 *
 * Wrong: it tries to end the program that judges it.
 */
MODULE_LICENSE('GPL')

static int exit_init() {
    System.exit(0)
    return 0
}
module_init(exit_init)
