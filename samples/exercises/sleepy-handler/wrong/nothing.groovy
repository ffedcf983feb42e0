/*
 * nothing - does nothing, and so does nothing wrong.
 *
 * Wrong: there is no driver.
 */
MODULE_LICENSE('GPL')
