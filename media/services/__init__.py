"""Uploads: public pictures that are re-encoded in fixed sizes, and private files that only a policy opens."""

from media.services.documents import check_document
from media.services.images import check_image, cut_image, cut_late_images, image_of, open_image, order_cut
from media.services.pictures import FORMATS, MEGABYTES, MEGAPIXELS, decode, keep_encoded, read_upload, store_picture
from media.services.private import PRIVATE_MEGABYTES, forget_loose_files, store_private_file
from media.services.uploads import cut_picture, finish_by_name, finish_late_pictures, finish_picture, take_picture

__all__ = [
    "FORMATS",
    "MEGABYTES",
    "MEGAPIXELS",
    "PRIVATE_MEGABYTES",
    "check_document",
    "check_image",
    "cut_image",
    "cut_late_images",
    "cut_picture",
    "decode",
    "finish_by_name",
    "finish_late_pictures",
    "finish_picture",
    "forget_loose_files",
    "image_of",
    "keep_encoded",
    "open_image",
    "order_cut",
    "read_upload",
    "store_picture",
    "store_private_file",
    "take_picture",
]
