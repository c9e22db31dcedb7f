"""Checks that are one query each: it finds the rows that break a rule, so it finds none in a market that is right."""

_STARTED = "EXISTS (SELECT FROM order_vendororderevent e WHERE e.vendor_order_id = v.id AND e.state = 'to_accept')"

EMPTY_WHEN_RIGHT = {
    "an approved group has its partner, and shop pages in both languages": """
        SELECT o.slug, o.state, count(p.id) AS partners,
            (SELECT count(*) FROM cms_grouppage g JOIN wagtailcore_page w ON w.id = g.page_ptr_id
             WHERE g.group_id = o.id AND w.live) AS pages
        FROM vendors_organisation o LEFT JOIN partner_partner p ON p.group_id = o.id
        WHERE o.kind = 'group' AND o.state IN ('approved', 'suspended', 'closed') GROUP BY o.id
        HAVING count(p.id) <> 1 OR (SELECT count(DISTINCT w.locale_id) FROM cms_grouppage g
            JOIN wagtailcore_page w ON w.id = g.page_ptr_id WHERE g.group_id = o.id AND w.live) <> 2""",
    "what is not an approved group has no partner": """
        SELECT o.slug, o.kind, o.state FROM partner_partner p JOIN vendors_organisation o ON o.id = p.group_id
        WHERE o.kind <> 'group' OR o.state NOT IN ('approved', 'suspended', 'closed')""",
    "groups stand below cooperatives, those below their province's network": """
        SELECT o.slug, o.kind, up.kind FROM vendors_organisation o
        JOIN vendors_organisation up ON up.path = left(o.path, -4)
        WHERE (o.kind = 'group' AND up.kind NOT IN ('cooperative', 'farmer_group'))
            OR (o.kind IN ('cooperative', 'farmer_group')
                AND (up.kind <> 'provincial' OR up.province_id IS DISTINCT FROM o.province_id))""",
    "an organisation's region is that of its province": """
        SELECT o.slug FROM vendors_organisation o JOIN vendors_province v ON v.code = o.province_id
        WHERE o.region_id IS DISTINCT FROM v.region_id AND o.kind <> 'office'""",
    "products belong to a group, variants to the group of their parent": """
        SELECT p.id, p.title FROM catalogue_product p
        LEFT JOIN vendors_organisation o ON o.id = p.group_id LEFT JOIN catalogue_product up ON up.id = p.parent_id
        WHERE o.kind IS DISTINCT FROM 'group' OR (p.structure = 'child') <> (p.parent_id IS NOT NULL)
            OR (up.id IS NOT NULL AND (up.group_id <> p.group_id OR up.structure <> 'parent'))""",
    "a product stands in its main category and its picture is the first one": """
        SELECT p.id, p.title FROM catalogue_product p WHERE p.structure <> 'child' AND (
            NOT EXISTS (SELECT FROM catalogue_productcategory c
                WHERE c.product_id = p.id AND c.category_id = p.main_category_id)
            OR p.picture_name <> COALESCE((SELECT m.name FROM catalogue_productpicture x
                JOIN media_picture m ON m.id = x.picture_id WHERE x.product_id = p.id
                ORDER BY x.position, x.id LIMIT 1), ''))""",
    "a certificate covers goods of its holder only": """
        SELECT l.product_id, c.code FROM catalogue_productcertificate l
        JOIN catalogue_product p ON p.id = l.product_id JOIN vendors_certificate c ON c.id = l.certificate_id
        WHERE c.holder_id <> p.group_id""",
    "a certificate's last event is its state": """
        SELECT c.code, c.state FROM vendors_certificate c WHERE c.state IS DISTINCT FROM
            (SELECT e.state FROM vendors_certificateevent e WHERE e.certificate_id = c.id
             ORDER BY e.at DESC, e.id DESC LIMIT 1)""",
    "example groups have example certificates": """
        SELECT c.code FROM vendors_certificate c JOIN vendors_organisation o ON o.id = c.holder_id
        WHERE o.is_demo AND NOT c.is_demo""",
    "stock lies at a place of the product's group, under its partner": """
        SELECT s.id FROM partner_stockrecord s JOIN catalogue_product p ON p.id = s.product_id
        LEFT JOIN partner_partner r ON r.id = s.partner_id LEFT JOIN vendors_place l ON l.id = s.place_id
        WHERE r.group_id IS DISTINCT FROM p.group_id OR l.organisation_id IS DISTINCT FROM p.group_id
            OR s.price_currency <> 'THB' OR p.structure = 'parent'""",
    "reserved ≤ stock, and reserved is what open vendor orders hold": """
        SELECT s.id, s.num_in_stock, s.num_allocated, COALESCE(h.held, 0) FROM partner_stockrecord s
        LEFT JOIN (SELECT l.stockrecord_id, sum(l.num_allocated) AS held
            FROM order_line l JOIN order_vendororder v ON v.id = l.vendor_order_id
            WHERE NOT l.allocation_cancelled AND v.state IN ('awaiting_payment', 'to_accept', 'to_pack', 'packed')
            GROUP BY 1) h ON h.stockrecord_id = s.id
        WHERE COALESCE(s.num_allocated, 0) <> COALESCE(h.held, 0) OR s.num_in_stock < COALESCE(s.num_allocated, 0)""",
    "an order's total is the sum of its vendor orders": """
        SELECT o.number, o.total_incl_tax FROM order_order o LEFT JOIN (
            SELECT order_id, sum(goods_satang) AS goods, sum(delivery_satang) AS delivery
            FROM order_vendororder GROUP BY 1) v ON v.order_id = o.id
        WHERE (o.total_incl_tax * 100, o.shipping_incl_tax * 100)
            IS DISTINCT FROM (v.goods + v.delivery - o.discount_satang, v.delivery)""",
    "a vendor order's goods and weight are the sums of its lines": """
        SELECT v.number, v.goods_satang FROM order_vendororder v LEFT JOIN (
            SELECT vendor_order_id, sum(line_price_incl_tax) * 100 AS goods, sum(weight_g * quantity) AS weight
            FROM order_line GROUP BY 1) l ON l.vendor_order_id = v.id
        WHERE (v.goods_satang, v.weight_g) IS DISTINCT FROM (l.goods, l.weight)""",
    "a line is pieces times price, of its vendor order's purchase and group": """
        SELECT l.id FROM order_line l LEFT JOIN order_vendororder v ON v.id = l.vendor_order_id
        LEFT JOIN partner_partner r ON r.id = l.partner_id
        WHERE l.line_price_incl_tax <> l.unit_price_incl_tax * l.quantity OR v.order_id IS DISTINCT FROM l.order_id
            OR r.group_id IS DISTINCT FROM v.group_id""",
    "a vendor order is numbered after its purchase, and its last event is its state": """
        SELECT v.number, v.state FROM order_vendororder v JOIN order_order o ON o.id = v.order_id
        WHERE v.number !~ ('^' || o.number || '-[0-9]+$') OR v.state IS DISTINCT FROM
            (SELECT e.state FROM order_vendororderevent e WHERE e.vendor_order_id = v.id
             ORDER BY e.at DESC, e.id DESC LIMIT 1)""",
    "attempts are for the whole total; work begins when paid or to be paid at the door": """
        SELECT o.number, o.payment_method FROM order_order o
        LEFT JOIN payment_paymentattempt a ON a.order_id = o.id AND a.number = 1
        WHERE a.amount_satang IS DISTINCT FROM o.total_incl_tax * 100 OR (o.payment_method <> 'cod'
            AND NOT EXISTS (SELECT FROM payment_paymentattempt x WHERE x.order_id = o.id AND x.state = 'succeeded')
            AND EXISTS (SELECT FROM order_vendororder v
                WHERE v.order_id = o.id AND v.state NOT IN ('awaiting_payment', 'cancelled')))""",
    "a cancelled order is cancelled in all its parts": """
        SELECT o.number FROM order_order o JOIN order_vendororder v ON v.order_id = o.id
        WHERE (o.cancelled_at IS NOT NULL) AND v.state <> 'cancelled'""",
    "sold pieces are those of the vendor orders that began": f"""
        SELECT p.id, p.sold_count, COALESCE(s.pieces, 0) FROM catalogue_product p LEFT JOIN (
            SELECT COALESCE(q.parent_id, q.id) AS id, sum(l.quantity) AS pieces
            FROM order_line l JOIN order_vendororder v ON v.id = l.vendor_order_id
            JOIN catalogue_product q ON q.id = l.product_id WHERE {_STARTED} GROUP BY 1) s ON s.id = p.id
        WHERE p.sold_count <> COALESCE(s.pieces, 0)""",  # noqa: S608
    "a hub's kept numbers are the pieces that lie there and the boxes still to come": """
        SELECT p.order_id, p.pieces_here, held.pieces, p.boxes_coming, awaited.boxes FROM fulfilment_deliveryplan p
        LEFT JOIN (SELECT l.order_id, h.place_id, sum(h.quantity) AS pieces
            FROM fulfilment_holding h JOIN order_line l ON l.id = h.line_id WHERE h."where" = 'place' GROUP BY 1, 2
        ) held ON held.order_id = p.order_id AND held.place_id = p.hub_id
        LEFT JOIN (SELECT v.order_id, s.place_id, count(*) AS boxes
            FROM fulfilment_stop s JOIN order_vendororder v ON v.id = s.vendor_order_id
            WHERE s.reached_at IS NULL AND v.state NOT IN ('cancelled', 'delivered') GROUP BY 1, 2
        ) awaited ON awaited.order_id = p.order_id AND awaited.place_id = p.hub_id
        WHERE (p.pieces_here, p.boxes_coming) <> (COALESCE(held.pieces, 0), COALESCE(awaited.boxes, 0))""",
    "a transfer's open boxes are those to be sent or counted": """
        SELECT t.code, t.boxes_open, box.number FROM fulfilment_transfer t LEFT JOIN (
            SELECT transfer_id, count(*) AS number FROM fulfilment_transferbox
            WHERE state IN ('announced', 'sent') GROUP BY 1) box ON box.transfer_id = t.id
        WHERE t.boxes_open <> COALESCE(box.number, 0)""",
    "a first stop is unpacked while its group is to pack": """
        SELECT s.id, v.state FROM fulfilment_stop s JOIN order_vendororder v ON v.id = s.vendor_order_id
        WHERE s.is_unpacked <> (s.position = 1 AND v.state IN ('to_accept', 'to_pack'))""",
    "a parcel waits at a counter where its purchase is picked up": """
        SELECT p.code, d.way FROM fulfilment_parcel p JOIN fulfilment_deliveryplan d ON d.order_id = p.order_id
        WHERE p.to_counter <> (d.way = 'pickup')""",
}
HUBS = tuple(name for name, sql in EMPTY_WHEN_RIGHT.items() if "fulfilment_" in sql)
"""What holds after every act at a hub."""
