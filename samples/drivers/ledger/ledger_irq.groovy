/*
 * ledger - every press of the button is worth a coin.
 *
 * Shows: a lock that an irq handler takes, and a reader that does not keep the handler out.
 * Wrong: the attribute takes the lock with interrupts on, so the handler may wait for what it has interrupted.
 * Right: ledger.groovy
 * Run:   tophalf run samples/drivers/ledger/ledger_irq.groovy
 */
MODULE_LICENSE('GPL')

class box {
    __iomem regs                        // 0x04 STATUS, write 1 to clear; 0x08 ENABLE
    int irq
    spinlock_t lock                     // protects coins; taken by the handler
    long coins
}

static irqreturn_t box_irq(int irq, Object dev_id) {
    box b = dev_id
    if (!(readl(b.regs + 0x04) & 1)) return IRQ_NONE
    writel(1, b.regs + 0x04)
    spin_lock(b.lock)                   // expect: irq-unsafe-lock
    b.coins++
    spin_unlock(b.lock)
    return IRQ_HANDLED
}

static ssize_t coins_show(device dev, device_attribute attr, ptr buf) {
    box b = dev_get_drvdata(dev)
    spin_lock(b.lock)
    long n = b.coins
    spin_unlock(b.lock)
    return sysfs_emit(buf, '%ld\n', n)
}
DEVICE_ATTR_RO(coins)

static int box_probe(platform_device pdev) {
    box b = devm_kzalloc(pdev.dev, box, GFP_KERNEL)
    if (!b) return -ENOMEM
    spin_lock_init(b.lock)
    b.regs = devm_platform_ioremap_resource(pdev, 0)
    if (IS_ERR(b.regs)) return PTR_ERR(b.regs)
    b.irq = platform_get_irq(pdev, 0)
    if (b.irq < 0) return b.irq
    platform_set_drvdata(pdev, b)
    int ret = devm_request_irq(pdev.dev, b.irq, box_irq, 0, dev_name(pdev.dev), b)
    if (ret) return ret
    writel(1, b.regs + 0x08)
    return 0
}

static void box_remove(platform_device pdev) {
    box b = platform_get_drvdata(pdev)
    writel(0, b.regs + 0x08)
}

platform_driver box_driver = [
    probe : box_probe,
    remove: box_remove,
    driver: [name: 'coin-box', of_match_table: ['acme,button'], dev_groups: [dev_attr_coins]],
]
module_platform_driver(box_driver)
