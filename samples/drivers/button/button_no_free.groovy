/*
 * button_no_free - the button driver, with a mistake.
 *
 * Wrong: the irq is requested by hand and never freed.
 * Right: button.groovy
 * Run:   tophalf run samples/drivers/button/button_no_free.groovy
 */
MODULE_LICENSE('GPL')
MODULE_DESCRIPTION('Counts the presses of a button')

class button {
    __iomem regs                    // 0x04 STATUS, write 1 to clear; 0x08 ENABLE
    int irq
    spinlock_t lock                 // protects presses
    long presses
}

static irqreturn_t button_irq(int irq, Object dev_id) {
    button b = dev_id
    if (!(readl(b.regs + 0x04) & 1)) return IRQ_NONE
    writel(1, b.regs + 0x04)        // acknowledge
    spin_lock(b.lock)
    b.presses++
    spin_unlock(b.lock)
    return IRQ_HANDLED
}

static ssize_t presses_show(device dev, device_attribute attr, ptr buf) {
    button b = dev_get_drvdata(dev)
    long flags = spin_lock_irqsave(b.lock)
    long n = b.presses
    spin_unlock_irqrestore(b.lock, flags)
    return sysfs_emit(buf, '%ld\n', n)
}
DEVICE_ATTR_RO(presses)

static int button_probe(platform_device pdev) {
    button b = devm_kzalloc(pdev.dev, button, GFP_KERNEL)
    if (!b) return -ENOMEM
    spin_lock_init(b.lock)
    b.regs = devm_platform_ioremap_resource(pdev, 0)
    if (IS_ERR(b.regs)) return dev_err_probe(pdev.dev, PTR_ERR(b.regs), 'no registers\n')
    b.irq = platform_get_irq(pdev, 0)
    if (b.irq < 0) return b.irq
    platform_set_drvdata(pdev, b)
    int ret = request_irq(b.irq, button_irq, 0, dev_name(pdev.dev), b)  // expect: irq-after-free
    if (ret) return dev_err_probe(pdev.dev, ret, 'no interrupt\n')
    writel(1, b.regs + 0x08)        // from now on it interrupts
    dev_info(pdev.dev, 'ready on irq %d\n', b.irq)
    return 0
}

static void button_remove(platform_device pdev) {
    button b = platform_get_drvdata(pdev)
    writel(0, b.regs + 0x08)        // quiet before the handler goes
}

platform_driver button_driver = [
    probe : button_probe,
    remove: button_remove,
    driver: [name: 'acme-button', of_match_table: ['acme,button'], dev_groups: [dev_attr_presses]],
]
module_platform_driver(button_driver)
